package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.apiserver.exchanges.Masks;
import io.coxswain.apiserver.exchanges.Transcript;
import io.coxswain.http.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Replays the transcripts in `exchanges/`, each against a server of its own, and compares every
/// answer: status, content type, warnings and the whole body. The answers are those this server
/// gave when they were written down and looked through: a change here is a change that clients see.
///
/// `-Dgolden=update` writes down what the server answers now.
class ExchangesTest {

    private static final Path HOME = Path.of("src/test/resources/exchanges");
    private static final boolean UPDATE = "update".equals(System.getProperty("golden"));

    static List<String> names() {
        try (Stream<Path> files = Files.list(HOME)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".http"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theServerAnswersAsWrittenDown(String name) throws IOException {
        var file = HOME.resolve(name);
        var written = Files.readString(file);

        var replayed = replay(Transcript.parse(written)).text();

        if (UPDATE) {
            Files.writeString(file, replayed);
            return;
        }
        assertThat(replayed).isEqualTo(written);
    }

    @Test
    void aTranscriptIsReadAsItIsWritten() {
        var text =
                "### a\nGET /x\naccept: y\n\n{z: 1}\n\n>>> 200 text\nbody\n\n### b\nGET /y\n\n>>> 404\n";

        assertThat(Transcript.parse(text).text()).isEqualTo(text);
    }

    private static Transcript replay(Transcript transcript) {
        var masks = new Masks();
        var steps = new ArrayList<Transcript.Step>();
        try (var server = new TestServer()) {
            for (var step : transcript.steps()) {
                var answer = answer(server, step, masks);
                steps.add(step.answered(masks.mask(shown(answer))));
                server.settle();
            }
        }
        return new Transcript(steps);
    }

    private static Answer answer(TestServer server, Transcript.Step step, Masks masks) {
        var caller = server.admin();
        var type =
                step.method().equals("PATCH") ? "application/merge-patch+json" : "application/json";
        for (var header : step.headers()) {
            var colon = header.indexOf(':');
            var name = header.substring(0, colon);
            var value = header.substring(colon + 1).strip();
            if (name.equalsIgnoreCase("content-type")) {
                type = value;
            } else if (name.equalsIgnoreCase("user")) {
                caller = server.as(value, User.AUTHENTICATED);
            } else {
                caller = caller.with(name, value);
            }
        }
        var path = masks.unmask(step.path());
        if (step.body().isEmpty()) {
            return caller.send(step.method(), path);
        }
        var body = masks.unmask(step.body());
        return caller.send(step.method(), path, type, body(type, body));
    }

    /// YAML is shorter to write; most of it is sent as JSON.
    private static byte[] body(String type, String yaml) {
        var text =
                type.endsWith("json") && !yaml.startsWith("\\")
                        ? new String(
                                JsonWriter.write(Yaml.readAll(yaml).getFirst()),
                                StandardCharsets.UTF_8)
                        : yaml.replaceFirst("^\\\\", "");
        return Payload.of(text).bytes();
    }

    private static String shown(Answer answer) {
        var text = new StringBuilder().append(answer.status());
        var type = answer.headers().first("content-type");
        text.append(type == null ? "" : " " + type.toLowerCase(Locale.ROOT));
        answer.warnings().forEach(warning -> text.append("\nwarning: ").append(warning));
        if (type != null && type.startsWith("application/json")) {
            return text.append('\n')
                    .append(Yaml.write(sorted(JsonReader.read(answer.body()))).strip())
                    .toString();
        }
        return text.append('\n').append(answer.text().strip()).toString().strip();
    }

    /// Managed fields are shown as they are; the order of fields is no promise.
    private static Json sorted(Json value) {
        return switch (value) {
            case Json.Obj(var fields) -> {
                var all = new TreeMap<String, Json>();
                fields.forEach((name, field) -> all.put(name, sorted(field)));
                yield new Json.Obj(new LinkedHashMap<>(all));
            }
            case Json.Arr(var items) ->
                    new Json.Arr(items.stream().map(ExchangesTest::sorted).toList());
            case Json.Str _, Json.Int _, Json.Real _, Json.Bool _, Json.Null _ -> value;
        };
    }
}
