package io.coxswain.cluster.join;

import io.coxswain.http.Exchange;
import io.coxswain.http.Request;
import io.coxswain.http.Transport;
import io.coxswain.http.Upgrade;
import java.util.function.Supplier;

/// A transport whose connections can all be made anew, so that none goes on with a certificate that
/// was replaced. Requests under way fail then, and watches resume, as after any broken connection.
final class SwitchingTransport implements Transport {

    private final Supplier<Transport> connect;
    private volatile Transport current;

    SwitchingTransport(Supplier<Transport> connect) {
        this.connect = connect;
        this.current = connect.get();
    }

    synchronized void reconnect() {
        var old = current;
        current = connect.get();
        old.close();
    }

    @Override
    public Exchange open(Request request) {
        return current.open(request);
    }

    @Override
    public Upgrade upgrade(Request request) {
        return current.upgrade(request);
    }

    @Override
    public synchronized void close() {
        current.close();
    }
}
