package io.coxswain.http.stream;

import io.coxswain.http.Duplex;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Copies bytes between connections.
public final class Pipes {

    private static final int BUFFER_BYTES = 32 * 1024;

    private Pipes() {}

    /// Connects `a` and `b` until both directions have ended, then closes both.
    ///
    /// The end of one direction is passed on as such if the receiving side is [HalfCloseable];
    /// otherwise it ends the whole connection, as does an error on either side.
    public static void join(Duplex a, Duplex b) {
        Runnable closeBoth =
                () -> {
                    a.close();
                    b.close();
                };
        try (var pumps = new Pumps()) {
            pumps.start("pipe", () -> copyAndEnd(b, a, closeBoth), closeBoth);
            copyAndEnd(a, b, closeBoth);
            pumps.join();
        } catch (IOException lost) {
            closeBoth.run();
        } finally {
            closeBoth.run();
        }
    }

    private static void copyAndEnd(Duplex from, Duplex to, Runnable closeBoth) throws IOException {
        copy(from.input(), to.output());
        if (to instanceof HalfCloseable half) {
            half.closeOutput();
        } else {
            closeBoth.run();
        }
    }

    /// Copies until the end of `in`; what is there is passed on at once.
    public static void copy(InputStream in, OutputStream out) throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            out.write(buffer, 0, count);
            out.flush();
        }
    }
}
