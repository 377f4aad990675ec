package io.coxswain.apiserver.audit;

import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.User;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes one line for each event, as JSON or in the older format of `key="value"`.
public final class LogSink implements AuditSink {

    private static final Logger LOG = LoggerFactory.getLogger(LogSink.class);

    private final OutputStream out;
    private final boolean json;

    /// @param out buffers nothing, so that an event that was accepted has left this process
    public LogSink(OutputStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    @Override
    public boolean accept(List<AuditEvent> events) {
        var safe = true;
        for (var event : events) {
            safe &= write(json ? line(JsonWriter.write(event.toJson())) : legacy(event));
        }
        return safe;
    }

    private boolean write(byte[] line) {
        try {
            synchronized (out) {
                out.write(line);
            }
            return true;
        } catch (IOException e) {
            LOG.error("an audit event could not be written: {}", e.getMessage());
            return false;
        }
    }

    private static byte[] line(byte[] text) {
        var line = java.util.Arrays.copyOf(text, text.length + 1);
        line[text.length] = '\n';
        return line;
    }

    private static byte[] legacy(AuditEvent event) {
        var asked = event.asked();
        var object = asked.object();
        var as = event.impersonated();
        var outcome = event.outcome();
        var fields =
                List.of(
                        field("id", asked.id()),
                        field("stage", event.stage().toString()),
                        field("ip", or(first(asked.addresses()), "<unknown>")),
                        field("method", asked.verb()),
                        field("user", or(name(asked.user()), "<none>")),
                        field("groups", or(groups(asked.user()), "<none>")),
                        field("as", or(name(as), "<self>")),
                        field("asgroups", or(groups(as), "<lookup>")),
                        field("user-agent", asked.userAgent()),
                        field("namespace", or(object == null ? "" : object.namespace(), "<none>")),
                        field("uri", asked.uri()),
                        "response=\"" + (outcome == null ? "<deferred>" : outcome.code()) + "\"");
        var text = asked.received() + " AUDIT: " + String.join(" ", fields) + "\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String first(List<String> texts) {
        return texts.isEmpty() ? "" : texts.getFirst();
    }

    private static String name(@Nullable User user) {
        return user == null ? "" : user.name();
    }

    private static String groups(@Nullable User user) {
        return user == null
                ? ""
                : user.groups().stream().map(LogSink::quoted).collect(Collectors.joining(","));
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    private static String field(String name, String value) {
        return name + "=" + quoted(value);
    }

    /// Nobody can end the line, or the field, by a name that he chose.
    private static String quoted(String text) {
        return new String(
                JsonWriter.write(io.coxswain.api.json.Json.of(text)), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            LOG.warn("the audit log did not close cleanly: {}", e.getMessage());
        }
    }
}
