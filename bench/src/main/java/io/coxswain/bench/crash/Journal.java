package io.coxswain.bench.crash;

import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// What one victim said before it died.
final class Journal {

    /// A write that was about to be made.
    record Intent(String resource, String name, boolean delete, long expected) {}

    private final Map<Long, Intent> intents = new HashMap<>();
    private final Map<Long, Long> acknowledged = new HashMap<>();

    /// Reads until so many writes were acknowledged, or to the end. A last line without its end
    /// does not count: what it would have announced had not begun.
    void read(Reader in, int acknowledgements) throws IOException {
        while (acknowledged.size() < acknowledgements) {
            var line = line(in);
            if (line == null) {
                return;
            }
            note(line.split(" ", -1));
        }
    }

    private static @Nullable String line(Reader in) throws IOException {
        var text = new StringBuilder();
        for (var c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return text.toString();
            }
            text.append((char) c);
        }
        return null;
    }

    private void note(String[] words) {
        var id = Long.parseLong(words[1]);
        switch (words[0]) {
            case "?" ->
                    intents.put(
                            id,
                            new Intent(
                                    words[2],
                                    words[3],
                                    Boolean.parseBoolean(words[4]),
                                    Long.parseLong(words[5])));
            case "!" -> acknowledged.put(id, Long.parseLong(words[2]));
            // It was refused: nothing may have come of it.
            case "=" -> intents.remove(id);
            default -> {}
        }
    }

    @Nullable Intent intent(long id) {
        return intents.get(id);
    }

    /// Every write that may have been made.
    LongStream ids() {
        return intents.keySet().stream().mapToLong(Long::longValue);
    }

    /// Each acknowledged write and the revision it was told.
    Map<Long, Long> acknowledged() {
        return acknowledged;
    }
}
