package io.coxswain.apiserver.crd.rules;

import io.coxswain.api.json.Json;
import io.coxswain.apiserver.cel.CelEnvironment;
import io.coxswain.apiserver.cel.DeclType;
import io.coxswain.apiserver.cel.Program;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One rule of a schema, compiled.
///
/// @param program null when the rule does not compile
/// @param problem why not; empty when it does
/// @param messageProblem what is wrong with the message expression
/// @param comparing whether the rule looks at the old value
record Rule(
        Json.Obj source,
        @Nullable Program program,
        String problem,
        @Nullable Program message,
        String messageProblem,
        boolean comparing) {

    static Rule compile(Json.Obj source, DeclType self) {
        var text = source.text("rule");
        var optional = source.get("optionalOldSelf") instanceof Json.Bool(var set) && set;
        var old = optional ? new DeclType.OptionalOf(self) : self;
        var alone = new CelEnvironment(Map.of("self", self));
        var both = new CelEnvironment(Map.of("self", self, "oldSelf", old));
        var comparing = !(alone.compile(text) instanceof CelEnvironment.Compiled);
        Program program = null;
        var problem = "";
        switch (both.compile(text)) {
            case CelEnvironment.Rejected(var why) -> problem = "compilation failed: " + why;
            case CelEnvironment.Compiled(var compiled)
                    when !compiled.resultTypeName().equals("bool") ->
                    problem = "cel expression must evaluate to a bool";
            case CelEnvironment.Compiled(var compiled) -> program = compiled;
        }
        var expression = source.text("messageExpression");
        Program message = null;
        var messageProblem = "";
        if (!expression.isBlank()) {
            switch (both.compile(expression)) {
                case CelEnvironment.Rejected(var why) ->
                        messageProblem = "messageExpression compilation failed: " + why;
                case CelEnvironment.Compiled(var compiled)
                        when !compiled.resultTypeName().equals("string") ->
                        messageProblem = "messageExpression must evaluate to a string";
                case CelEnvironment.Compiled(var compiled) -> message = compiled;
            }
        }
        return new Rule(
                source, program, problem, message, messageProblem, comparing && program != null);
    }

    boolean oldIsOptional() {
        return source.get("optionalOldSelf") instanceof Json.Bool(var set) && set;
    }

    /// What an object that breaks the rule is told.
    String text() {
        var own = source.text("message").strip();
        return own.isEmpty() ? "failed rule: " + source.text("rule").strip() : own;
    }

    /// How errors name the rule.
    String name() {
        var own = source.text("message").strip();
        return own.isEmpty() ? source.text("rule").strip() : own;
    }
}
