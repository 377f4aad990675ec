package io.coxswain.kubelet.server;

import io.coxswain.http.stream.HalfCloseable;
import io.coxswain.http.stream.forward.PortForwardClient;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/// Connections to ports inside a pod's network, each by a stream of its own from the runtime.
record Forward(ContainerRuntime runtime, String sandboxId) {

    HalfCloseable dial(int port) throws IOException {
        var client = RuntimeStreams.portForward(runtime.portForward(sandboxId, List.of(port)));
        try {
            return new Closing(client, client.dial(port));
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    /// A connection that takes its session with it.
    private record Closing(PortForwardClient client, PortForwardClient.Connection connection)
            implements HalfCloseable {

        @Override
        public InputStream input() {
            return connection.input();
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
        public void close() {
            connection.close();
            client.close();
        }
    }
}
