package io.coxswain.cli.output.template;

import io.coxswain.api.json.Json;
import io.coxswain.cli.CliError;
import io.coxswain.cli.output.template.Part.Operand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A template that is filled in with objects.
///
/// ```
/// {{range .items}}{{.metadata.name}} on {{.spec.nodeName}}{{"\n"}}{{end}}
/// ```
public final class GoTemplate {

    private final List<Part> parts;

    private GoTemplate(List<Part> parts) {
        this.parts = parts;
    }

    /// Throws a [CliError] for one that is malformed.
    public static GoTemplate parse(String text) {
        return new GoTemplate(new TemplateParser(text).parse());
    }

    public String fill(Json root) {
        var out = new StringBuilder();
        new Filling(root, out).parts(parts, root, Map.of());
        return out.toString();
    }

    /// One run over a template.
    private record Filling(Json root, StringBuilder out) {

        void parts(List<Part> parts, Json dot, Map<String, Json> outer) {
            var variables = new LinkedHashMap<>(outer);
            for (var part : parts) {
                switch (part) {
                    case Part.Text(var text) -> out.append(text);
                    case Part.Output(var pipeline) -> {
                        var value = value(pipeline, dot, variables);
                        if (pipeline.variable().isEmpty()) {
                            out.append(Functions.shown(value));
                        } else {
                            variables.put(pipeline.variable(), value);
                        }
                    }
                    case Part.If branch -> branch(branch, dot, variables);
                    case Part.Range range -> range(range, dot, variables);
                }
            }
        }

        private void branch(Part.If branch, Json dot, Map<String, Json> variables) {
            var value = value(branch.test(), dot, variables);
            var inner = new LinkedHashMap<>(variables);
            if (!branch.test().variable().isEmpty()) {
                inner.put(branch.test().variable(), value);
            }
            if (Functions.holds(value)) {
                parts(branch.then(), branch.moves() ? value : dot, inner);
            } else {
                parts(branch.otherwise(), dot, inner);
            }
        }

        private void range(Part.Range range, Json dot, Map<String, Json> variables) {
            var entries = entries(value(range.of(), dot, variables));
            if (entries.isEmpty()) {
                parts(range.otherwise(), dot, variables);
            }
            entries.forEach((key, element) -> {
                var inner = new LinkedHashMap<>(variables);
                if (!range.index().isEmpty()) {
                    inner.put(range.index(), key);
                }
                if (!range.element().isEmpty()) {
                    inner.put(range.element(), element);
                }
                parts(range.body(), element, inner);
            });
        }

        private static Map<Json, Json> entries(Json value) {
            var entries = new LinkedHashMap<Json, Json>();
            switch (value) {
                case Json.Arr(var items) -> {
                    for (var i = 0; i < items.size(); i++) {
                        entries.put(Json.of(i), items.get(i));
                    }
                }
                case Json.Obj(var fields) ->
                        fields.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .forEach(f -> entries.put(Json.of(f.getKey()), f.getValue()));
                case Json.Null n -> {}
                case Json.Str s -> throw noRange(s);
                case Json.Int i -> throw noRange(i);
                case Json.Real r -> throw noRange(r);
                case Json.Bool b -> throw noRange(b);
            }
            return entries;
        }

        private static CliError noRange(Json value) {
            return new CliError("range can't iterate over " + Functions.shown(value));
        }

        private Json value(Part.Pipeline pipeline, Json dot, Map<String, Json> variables) {
            Json last = Json.NULL;
            var first = true;
            for (var call : pipeline.calls()) {
                last = called(call, first ? List.of() : List.of(last), dot, variables);
                first = false;
            }
            return last;
        }

        private Json called(
                Part.Call call, List<Json> piped, Json dot, Map<String, Json> variables) {
            var words = call.words();
            if (words.getFirst() instanceof Operand.Function(var name)) {
                var arguments = new ArrayList<Json>();
                words.stream().skip(1).forEach(w -> arguments.add(operand(w, dot, variables)));
                arguments.addAll(piped);
                return Functions.call(name, arguments);
            }
            if (words.size() > 1 || !piped.isEmpty()) {
                throw new CliError("can't give argument to non-function");
            }
            return operand(words.getFirst(), dot, variables);
        }

        private Json operand(Operand operand, Json dot, Map<String, Json> variables) {
            return switch (operand) {
                case Operand.Literal(var value) -> value;
                case Operand.Function(var name) -> Functions.call(name, List.of());
                case Operand.Nested(var pipeline, var fields) ->
                        walk(value(pipeline, dot, variables), fields);
                case Operand.Path(var variable, var fields) ->
                        walk(start(variable, dot, variables), fields);
            };
        }

        private Json start(String variable, Json dot, Map<String, Json> variables) {
            if (variable.isEmpty()) {
                return dot;
            }
            var known = variable.equals("$") ? root : variables.get(variable);
            if (known == null) {
                throw new CliError("undefined variable \"" + variable + "\"");
            }
            return known;
        }

        private static Json walk(Json from, List<String> fields) {
            var at = from;
            for (var field : fields) {
                var next = at instanceof Json.Obj object ? object.get(field) : null;
                at = next == null ? Json.NULL : next;
            }
            return at;
        }
    }
}
