package io.coxswain.apiserver.exchanges;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Requests and what they were answered, as a text that people read and write:
///
/// ```
/// ### what happens
/// POST /api/v1/namespaces/default/configmaps
///
/// {metadata: {name: a}}
///
/// >>> 201 application/json
/// apiVersion: v1
/// …
/// ```
///
/// A request may have headers below its first line, and its body is YAML. What differs from run to
/// run stands as a mark such as `<uid 1>`, which later requests may use.
public record Transcript(List<Step> steps) {

    private static final String TITLE = "### ";
    private static final String ANSWER = ">>> ";

    /// @param headers as they are written, `name: value`
    /// @param answer everything from the status on
    public record Step(
            String title,
            String method,
            String path,
            List<String> headers,
            String body,
            String answer) {

        public Step answered(String other) {
            return new Step(title, method, path, headers, body, other);
        }

        private String text() {
            var text = new StringBuilder(TITLE + title + "\n" + method + " " + path + "\n");
            headers.forEach(header -> text.append(header).append('\n'));
            if (!body.isEmpty()) {
                text.append('\n').append(body).append('\n');
            }
            return text.append('\n').append(ANSWER).append(answer).append('\n').toString();
        }
    }

    public static Transcript parse(String text) {
        var steps = new ArrayList<Step>();
        for (var part : ("\n" + text).split("\n" + TITLE)) {
            if (!part.isBlank()) {
                steps.add(step(part));
            }
        }
        return new Transcript(steps);
    }

    private static Step step(String text) {
        var answerAt = text.indexOf("\n" + ANSWER);
        var asked = answerAt < 0 ? text : text.substring(0, answerAt);
        var answer = answerAt < 0 ? "" : text.substring(answerAt + 1 + ANSWER.length()).strip();
        var lines = asked.strip().lines().toList();
        var blank = lines.indexOf("");
        var end = blank < 0 ? lines.size() : blank;
        var request = lines.get(1).split(" ", 2);
        var body = lines.subList(end, lines.size()).stream().collect(Collectors.joining("\n"));
        return new Step(
                lines.getFirst(),
                request[0],
                request[1],
                lines.subList(2, end),
                body.strip(),
                answer);
    }

    public String text() {
        return steps.stream().map(Step::text).collect(Collectors.joining("\n"));
    }
}
