package io.coxswain.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;

/// Two ends of a connection inside this process: what one writes the other reads. For tests and for
/// upgrades without a socket.
public final class DuplexPair {

    private final Pipe forth = new Pipe();
    private final Pipe back = new Pipe();

    public Duplex left() {
        return new End(back, forth);
    }

    public Duplex right() {
        return new End(forth, back);
    }

    private record End(Pipe in, Pipe out) implements Duplex {

        @Override
        public InputStream input() {
            return in.input;
        }

        @Override
        public OutputStream output() {
            return out.output;
        }

        /// What was written before is still read by the other end.
        @Override
        public void close() {
            out.finish();
            in.breakOff();
        }
    }

    /// One direction: a bounded queue of bytes.
    private static final class Pipe {

        private static final int BYTES_MAX = 256 << 10;

        private final BodyQueue queue =
                new BodyQueue(
                        new BodyQueue.Filler() {
                            @Override
                            public void taken(int bytes) {
                                changed();
                            }

                            @Override
                            public void abandoned() {
                                changed();
                            }
                        });
        private boolean broken;
        final InputStream input = queue.asStream();
        final OutputStream output =
                new OutputStream() {
                    @Override
                    public void write(int single) throws IOException {
                        send(new byte[] {(byte) single});
                    }

                    @Override
                    public void write(byte[] source, int offset, int length) throws IOException {
                        send(Arrays.copyOfRange(source, offset, offset + length));
                    }

                    @Override
                    public void close() {
                        finish();
                    }
                };

        private synchronized void changed() {
            notifyAll();
        }

        private void send(byte[] bytes) throws IOException {
            awaitRoom();
            if (bytes.length > 0 && !queue.add(Payload.of(bytes))) {
                throw new IOException("the connection is closed");
            }
        }

        private void finish() {
            queue.end();
        }

        private void breakOff() {
            synchronized (this) {
                broken = true;
                notifyAll();
            }
            queue.close();
        }

        private synchronized void awaitRoom() throws InterruptedIOException {
            try {
                while (!broken && queue.bytes() >= BYTES_MAX) {
                    wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while the other end was slow");
            }
        }
    }
}
