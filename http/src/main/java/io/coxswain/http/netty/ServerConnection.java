package io.coxswain.http.netty;

import io.netty.channel.Channel;

/// One client's connection, as the server sees it.
interface ServerConnection {

    Channel channel();

    Deadline deadline();

    /// Answers no more requests than those that are here, then closes. On the event loop.
    void drain();

    /// The deadline has passed. On the event loop.
    void expire();

    /// Closes without waiting for anything.
    void kill();
}
