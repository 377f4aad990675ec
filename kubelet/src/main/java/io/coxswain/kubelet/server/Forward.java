package io.coxswain.kubelet.server;

import io.coxswain.http.stream.forward.ForwardedConnection;
import io.coxswain.http.stream.forward.PortForwardClient;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Connections to ports inside a pod's network, each by a session of its own with the runtime.
record Forward(ContainerRuntime runtime, String sandboxId) {

    ForwardedConnection dial(int port) throws IOException {
        var client = RuntimeStreams.portForward(runtime.portForward(sandboxId, List.of(port)));
        try {
            return new Session(client, client.dial(port));
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    /// A connection that takes its session with it, and whose data ends with the failure if there
    /// is one: the runtime ends the data first and says why right after.
    private static final class Session implements ForwardedConnection {

        private static final long FAILURE_MILLIS_MAX = 200;

        private final PortForwardClient client;
        private final PortForwardClient.Connection connection;
        private final CompletableFuture<String> failure = new CompletableFuture<>();

        Session(PortForwardClient client, PortForwardClient.Connection connection) {
            this.client = client;
            this.connection = connection;
            Thread.ofVirtual()
                    .name("port-forward-failure")
                    .start(() -> {
                        var text = connection.failure();
                        failure.complete(text == null ? "" : text);
                    });
        }

        @Override
        public InputStream input() {
            return new FilterInputStream(connection.input()) {
                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    var count = super.read(target, offset, length);
                    if (count < 0) {
                        throwFailure();
                    }
                    return count;
                }
            };
        }

        private void throwFailure() throws IOException {
            var text =
                    failure.copy()
                            .completeOnTimeout("", FAILURE_MILLIS_MAX, TimeUnit.MILLISECONDS)
                            .join();
            if (!text.isEmpty()) {
                throw new IOException(text);
            }
        }

        @Override
        public OutputStream output() {
            return connection.output();
        }

        @Override
        public void closeOutput() throws IOException {
            connection.closeOutput();
        }

        @Override
        public @Nullable String failure() {
            var text =
                    failure.copy()
                            .completeOnTimeout("", FAILURE_MILLIS_MAX, TimeUnit.MILLISECONDS)
                            .join();
            return text.isEmpty() ? null : text;
        }

        @Override
        public void close() {
            connection.close();
            // The failure is on its way on a stream of the same session.
            var _ =
                    failure.copy()
                            .completeOnTimeout("", FAILURE_MILLIS_MAX, TimeUnit.MILLISECONDS)
                            .whenComplete((text, none) -> client.close());
        }
    }
}
