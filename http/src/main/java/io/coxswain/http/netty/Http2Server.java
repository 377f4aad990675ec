package io.coxswain.http.netty;

import io.coxswain.http.Peer;
import io.netty.channel.Channel;

@SuppressWarnings("FutureReturnValueIgnored") // Failures reach the handlers.
final class Http2Server {
    private Http2Server() {}

    static void install(Server server, Peer peer, Channel channel) {
        channel.close();
    }
}
