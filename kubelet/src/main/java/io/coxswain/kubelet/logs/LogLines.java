package io.coxswain.kubelet.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Finds lines from the end of a log file.
public final class LogLines {

    private static final int BLOCK = 8192;

    private LogLines() {}

    /// The text of the last lines, at most so many lines and bytes; empty when there is no log.
    public static String tail(Path file, int linesMax, int bytesMax) {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        var options = new LogOptions(false, false, (long) linesMax, null, null, "All");
        var out = new ByteArrayOutputStream();
        try {
            new LogReader(file, options).copy(out::writeBytes, () -> false);
        } catch (IOException e) {
            return "Error reading termination message from logs: " + e.getMessage();
        }
        var all = out.toByteArray();
        var start = Math.max(0, all.length - bytesMax);
        return new String(all, start, all.length - start, StandardCharsets.UTF_8);
    }

    /// Where the last `count` lines begin.
    static long tailOffset(RandomAccessFile file, long count) throws IOException {
        var position = file.length();
        var missing = count;
        var buffer = new byte[BLOCK];
        var last = true;
        while (position > 0) {
            var length = (int) Math.min(BLOCK, position);
            position -= length;
            file.seek(position);
            file.readFully(buffer, 0, length);
            for (var i = length - 1; i >= 0; i--) {
                var lineEnd = buffer[i] == '\n';
                if (lineEnd && !last && --missing == 0) {
                    return position + i + 1;
                }
                if (last) {
                    // The end of the file ends the last line, with or without a line end.
                    last = false;
                    if (missing == 0) {
                        return position + length;
                    }
                }
            }
        }
        return 0;
    }
}
