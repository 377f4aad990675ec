package io.coxswain.http.stream.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The size of a terminal in characters. On the wire: `{"Width":80,"Height":24}`.
public record TerminalSize(int width, int height) {

    private static final int MESSAGE_BYTES_MAX = 1024;
    private static final Pattern FIELD =
            Pattern.compile("\"(width|height)\"\\s*:\\s*(\\d{1,5})\\b");

    byte[] json() {
        var text = "{\"Width\":" + width + ",\"Height\":" + height + "}\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Reads the next size from a stream of them; null at its end or when it makes no sense.
    static @Nullable TerminalSize read(InputStream in) {
        try {
            var text = new StringBuilder();
            for (var next = in.read(); next >= 0; next = in.read()) {
                text.append((char) next);
                if (next == '}') {
                    return parse(text.toString().toLowerCase(Locale.ROOT));
                }
                if (text.length() > MESSAGE_BYTES_MAX) {
                    return null;
                }
            }
            return null;
        } catch (IOException lost) {
            return null;
        }
    }

    private static TerminalSize parse(String json) {
        var width = 0;
        var height = 0;
        var fields = FIELD.matcher(json);
        while (fields.find()) {
            var value = Integer.parseInt(fields.group(2));
            if (fields.group(1).equals("width")) {
                width = value;
            } else {
                height = value;
            }
        }
        return new TerminalSize(width, height);
    }
}
