package io.coxswain.http.netty;

/// One connection to a server, as a client sees it. All methods may be called from any thread.
interface ClientConnection {

    /// Takes a place for one more request; false when there is none, now or any more.
    boolean reserve();

    /// Sends a request on a reserved place. What becomes of it is told to the call.
    void send(Call call);

    /// Whether several requests go over it at the same time.
    boolean multiplexed();

    /// Whether it has carried a request before, so that the server may have closed it meanwhile.
    boolean reused();

    boolean open();

    /// Takes no more requests and closes when those in flight are done.
    void retire();

    void close();
}
