package io.coxswain.kubelet.logs;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One line of a container's log file: `<time> <stream> <F|P> <text>`.
///
/// @param timestamp as written, with as many digits as the runtime gave
/// @param whole whether the text ends here; else the next line of the stream continues it
record LogLine(String timestamp, String stream, boolean whole, byte[] text) {

    private static final int FIELDS = 3;

    /// Reads a line without its line end; null when it is not in the format.
    static @Nullable LogLine parse(byte[] line) {
        var ends = new int[FIELDS];
        var found = 0;
        for (var i = 0; i < line.length && found < FIELDS; i++) {
            if (line[i] == ' ') {
                ends[found++] = i;
            }
        }
        if (found < FIELDS) {
            return null;
        }
        var stream = ascii(line, ends[0] + 1, ends[1]);
        if (!stream.equals("stdout") && !stream.equals("stderr")) {
            return null;
        }
        var tags = ascii(line, ends[1] + 1, ends[2]);
        return new LogLine(
                ascii(line, 0, ends[0]),
                stream,
                !tags.split(":", 2)[0].equals("P"),
                Arrays.copyOfRange(line, ends[2] + 1, line.length));
    }

    /// Whether it was written before `time`. A time that cannot be read counts as now.
    boolean before(Instant time) {
        try {
            return Instant.parse(timestamp).isBefore(time);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static String ascii(byte[] line, int from, int to) {
        return new String(line, from, to - from, StandardCharsets.US_ASCII);
    }
}
