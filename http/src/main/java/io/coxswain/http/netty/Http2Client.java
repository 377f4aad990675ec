package io.coxswain.http.netty;

import io.netty.channel.Channel;

final class Http2Client {
    private Http2Client() {}

    static ClientConnection install(Channel channel) {
        return Http1Client.install(channel, ClientConnection::close);
    }
}
