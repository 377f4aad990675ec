package io.coxswain.kubelet.server;

import io.coxswain.http.ClientOptions;
import io.coxswain.http.HttpClient;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.http.Upgrade;
import io.coxswain.http.stream.UpgradeOffer;
import io.coxswain.http.stream.command.RemoteCommandClient;
import io.coxswain.http.stream.command.RemoteCommandOptions;
import io.coxswain.http.stream.forward.PortForwardClient;
import java.io.IOException;
import java.net.URI;

/// Connections to the streaming server of the container runtime. Always SPDY: only that can end a
/// command's input there.
final class RuntimeStreams {

    private RuntimeStreams() {}

    static RemoteCommandClient command(URI url, RemoteCommandOptions options) throws IOException {
        var offer = RemoteCommandClient.spdyOffer();
        var opened = open(url, offer);
        return RemoteCommandClient.overSpdy(
                opened.connection(), offer.protocol(opened.headers()), options);
    }

    static PortForwardClient portForward(URI url) throws IOException {
        return PortForwardClient.overSpdy(open(url, PortForwardClient.spdyOffer()).connection());
    }

    private static Upgrade.Accepted open(URI url, UpgradeOffer offer) throws IOException {
        var base = URI.create(url.getScheme() + "://" + url.getRawAuthority());
        // Not closed: the connection outlives the client and is closed by whoever gets it.
        var client = HttpClient.to(base, ClientOptions.DEFAULT.withHttp2(false));
        var request =
                Request.of("POST", url.getPath())
                        .withQuery(Query.parse(url.getRawQuery()))
                        .withHeaders(offer.headers());
        return switch (client.upgrade(request)) {
            case Upgrade.Accepted accepted -> accepted;
            case Upgrade.Refused(var response) ->
                    throw new IOException(
                            "the container runtime answered "
                                    + response.status()
                                    + ": "
                                    + response.body().text());
        };
    }
}
