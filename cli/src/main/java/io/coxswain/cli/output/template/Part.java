package io.coxswain.cli.output.template;

import io.coxswain.api.json.Json;
import java.util.List;

/// A part of a template.
sealed interface Part {

    record Text(String text) implements Part {}

    /// `{{.a.b | len}}`
    record Output(Pipeline pipeline) implements Part {}

    /// `{{if x}} … {{else}} … {{end}}`, and `with`, which also moves the dot.
    record If(Pipeline test, boolean moves, List<Part> then, List<Part> otherwise)
            implements Part {}

    /// `{{range $i, $x := .items}} … {{else}} … {{end}}`; the names may be empty.
    record Range(Pipeline of, String index, String element, List<Part> body, List<Part> otherwise)
            implements Part {}

    /// Calls, each of which gets what the one before it gave as its last argument.
    ///
    /// @param variable what `$x :=` in front names, or empty
    record Pipeline(String variable, List<Call> calls) {}

    /// A function with arguments, or a single operand.
    record Call(List<Operand> words) {}

    sealed interface Operand {

        record Literal(Json value) implements Operand {}

        /// `$x.a.b`, `.a.b`; the name of the dot is empty, that of the root `$`.
        record Path(String variable, List<String> fields) implements Operand {}

        record Function(String name) implements Operand {}

        record Nested(Pipeline pipeline, List<String> fields) implements Operand {}
    }
}
