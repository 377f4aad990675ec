package io.coxswain.apiserver.authentication;

import io.coxswain.apiserver.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Static tokens: lines of `token,user,uid,"group1,group2"` (`--token-auth-file`).
public final class TokenFile implements TokenAuthenticator {

    private record Line(byte[] token, User user) {}

    private final List<Line> lines;

    private TokenFile(List<Line> lines) {
        this.lines = lines;
    }

    /// Reads the file; throws [IllegalArgumentException] that names a line that is malformed.
    public static TokenFile read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    public static TokenFile parse(String text) {
        var lines = new ArrayList<Line>();
        var number = 0;
        for (var line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            var fields = fields(line);
            if (fields.size() < 3) {
                throw new IllegalArgumentException(
                        "token file line " + number + ": expected token,user,uid[,\"groups\"]");
            }
            var groups =
                    fields.size() > 3 && !fields.get(3).isEmpty()
                            ? List.of(fields.get(3).split(","))
                            : List.<String>of();
            lines.add(
                    new Line(
                            fields.get(0).getBytes(StandardCharsets.UTF_8),
                            new User(fields.get(1), fields.get(2), groups, Map.of())));
        }
        return new TokenFile(List.copyOf(lines));
    }

    @Override
    public Verdict verify(String token, List<String> audiences) {
        var bytes = token.getBytes(StandardCharsets.UTF_8);
        Verdict found = UNKNOWN;
        for (var line : lines) {
            // Compare with every line, so that the time taken tells nothing.
            if (MessageDigest.isEqual(line.token(), bytes)) {
                found = new Accepted(line.user(), audiences);
            }
        }
        return found;
    }

    /// The comma-separated fields of a line; a field in double quotes may hold commas.
    private static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString().trim());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString().trim());
        return fields;
    }
}
