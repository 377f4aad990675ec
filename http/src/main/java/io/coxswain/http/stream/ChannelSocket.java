package io.coxswain.http.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Numbered channels in one WebSocket, as Kubernetes' `channel.k8s.io` protocols have them: each
/// message begins with its channel's number. In the base64 variants a message is text, the number
/// a digit and the rest encoded. From v5 on a client says with `[255, channel]` that a channel has
/// ended; servers end channels only with the connection (kubectl complains of anything else).
///
/// Messages for channels that are not read, or are not proper base64, are ignored.
public final class ChannelSocket implements Channels {

    private static final int BUFFER_BYTES_MAX = 256 * 1024;
    private static final int MESSAGE_BYTES_MAX = 32 * 1024;
    private static final int END_SIGNAL = 255;

    private final WebSocket socket;
    private final boolean base64;
    private final boolean endSignals;
    private final @Nullable ByteQueue[] inputs;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Runnable> endCallbacks = new ArrayList<>();

    private ChannelSocket(WebSocket socket, String protocol, @Nullable ByteQueue[] inputs) {
        this.socket = socket;
        this.base64 = protocol.contains("base64.");
        this.endSignals = protocol.startsWith("v5.");
        this.inputs = inputs;
    }

    /// Starts reading; `readable` names the channels whose data is wanted.
    public static ChannelSocket start(
            WebSocket socket, String protocol, int channels, Set<Integer> readable) {
        var inputs = new @Nullable ByteQueue[channels];
        for (var channel : readable) {
            inputs[channel] = new ByteQueue(BUFFER_BYTES_MAX);
        }
        var channelSocket = new ChannelSocket(socket, protocol, inputs);
        Thread.ofVirtual().name("websocket-reader").start(channelSocket::readAll);
        return channelSocket;
    }

    @Override
    public InputStream input(int channel) {
        var queue = inputs[channel];
        return queue == null ? InputStream.nullInputStream() : queue;
    }

    @Override
    public OutputStream output(int channel) {
        return new Output(channel);
    }

    /// Sends one message as it is; an empty one only shows that the channel is there.
    public void send(int channel, byte[] source, int start, int length) throws IOException {
        if (base64) {
            var part = Arrays.copyOfRange(source, start, start + length);
            socket.sendText(channel + Base64.getEncoder().encodeToString(part));
            return;
        }
        var message = new byte[length + 1];
        message[0] = (byte) channel;
        System.arraycopy(source, start, message, 1, length);
        socket.sendBinary(message);
    }

    @Override
    public void finish(Duration grace) {
        Thread.ofVirtual()
                .name("websocket-goodbye")
                .start(() -> socket.close(WebSocket.NORMAL, ""));
        try {
            var closedByPeer = ended.await(grace.toMillis(), TimeUnit.MILLISECONDS);
            if (closedByPeer) {
                return;
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    @Override
    public void close() {
        socket.close();
        endInputs(new IOException("connection is closed"));
    }

    @Override
    public void onEnd(Runnable callback) {
        synchronized (endCallbacks) {
            if (ended.getCount() > 0) {
                endCallbacks.add(callback);
                return;
            }
        }
        callback.run();
    }

    private void readAll() {
        @Nullable IOException failure = null;
        try {
            for (var message = socket.receive(); message != null; message = socket.receive()) {
                dispatch(message.bytes());
            }
        } catch (IOException lost) {
            failure = lost;
        } finally {
            end(failure);
        }
    }

    private void end(@Nullable IOException failure) {
        socket.close();
        endInputs(failure);
        List<Runnable> callbacks;
        synchronized (endCallbacks) {
            ended.countDown();
            callbacks = List.copyOf(endCallbacks);
        }
        callbacks.forEach(Runnable::run);
    }

    private void endInputs(@Nullable IOException failure) {
        for (var input : inputs) {
            if (input == null) {
                continue;
            }
            if (failure == null) {
                input.end();
            } else {
                input.fail(failure);
            }
        }
    }

    private void dispatch(byte[] message) throws IOException {
        if (message.length == 0) {
            return;
        }
        var first = message[0] & 0xff;
        if (endSignals && first == END_SIGNAL) {
            if (message.length > 1) {
                endOf(message[1] & 0xff);
            }
            return;
        }
        var input = inputOrNull(base64 ? first - '0' : first);
        var data = input == null ? null : decoded(message);
        if (input != null && data != null) {
            input.put(data);
        }
    }

    private void endOf(int channel) {
        var input = inputOrNull(channel);
        if (input != null) {
            input.end();
        }
    }

    private @Nullable ByteQueue inputOrNull(int channel) {
        return channel < 0 || channel >= inputs.length ? null : inputs[channel];
    }

    private byte @Nullable [] decoded(byte[] message) {
        if (!base64) {
            return Arrays.copyOfRange(message, 1, message.length);
        }
        try {
            var text = new String(message, 1, message.length - 1, StandardCharsets.ISO_8859_1);
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private final class Output extends OutputStream {
        private final int channel;
        private boolean closed;

        Output(int channel) {
            this.channel = channel;
        }

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] source, int start, int length) throws IOException {
            Objects.checkFromIndexSize(start, length, source.length);
            for (var from = start; from < start + length; from += MESSAGE_BYTES_MAX) {
                send(channel, source, from, Math.min(MESSAGE_BYTES_MAX, start + length - from));
            }
        }

        @Override
        public void close() throws IOException {
            if (endSignals && socket.client() && !closed) {
                closed = true;
                socket.sendBinary(new byte[] {(byte) END_SIGNAL, (byte) channel});
            }
        }
    }
}
