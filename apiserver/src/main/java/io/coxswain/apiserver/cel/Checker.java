package io.coxswain.apiserver.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSource;
import dev.cel.common.CelValidationException;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import io.coxswain.apiserver.cel.functions.Libraries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Parses expressions and checks their types, with Google's parser and checker. Loaded with the
/// first expression.
final class Checker {

    /// An expression with the types of its parts, or what is wrong with it.
    sealed interface Checked {
        record Valid(CelAbstractSyntaxTree tree) implements Checked {}

        record Wrong(String message) implements Checked {}
    }

    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .enableOptionalSyntax(true)
                    .enableHeterogeneousNumericComparisons(true)
                    .enableQuotedIdentifierSyntax(true)
                    .maxParseRecursionDepth(250)
                    .maxExpressionCodePointSize(100_000)
                    .build();

    private final Types types = new Types();
    private final CelCompiler compiler;

    Checker(Map<String, DeclType> variables, Collection<DeclType.ObjectOf> literals) {
        var builder =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(OPTIONS)
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .addMacros(Macros.all())
                        .setTypeProvider(types)
                        .addFunctionDeclarations(Signatures.read(declarations()));
        literals.forEach(types::of);
        variables.forEach((name, type) -> builder.addVar(name, types.of(type)));
        compiler = builder.build();
    }

    Types types() {
        return types;
    }

    Checked check(String expression) {
        if (expression.isBlank()) {
            return new Checked.Wrong(
                    "ERROR: <input>:1:1: Syntax error: mismatched input '<EOF>' expecting"
                            + " {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT,"
                            + " NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}\n | "
                            + expression
                            + "\n | ^");
        }
        var parsed = compiler.parse(expression);
        if (parsed.hasError()) {
            return new Checked.Wrong(text(parsed.getErrors(), parsed.getSource(), true));
        }
        try {
            var result = compiler.check(parsed.getAst());
            return result.hasError()
                    ? new Checked.Wrong(text(result.getErrors(), result.getSource(), false))
                    : new Checked.Valid(result.getAst());
        } catch (CelValidationException e) {
            return new Checked.Wrong(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> declarations() {
        var all = new ArrayList<String>();
        Libraries.ALL.forEach(library -> all.addAll(library.declarations()));
        all.add("cel.@mapInsert(map<K, V>, map<K, V>): map<K, V>");
        all.add("cel.@mapInsert(map<K, V>, K, V): map<K, V>");
        return all;
    }

    private static String text(List<CelIssue> issues, CelSource source, boolean syntax) {
        return issues.stream()
                .map(issue ->
                        CelIssue.newBuilder()
                                .setSeverity(issue.getSeverity())
                                .setSourceLocation(issue.getSourceLocation())
                                .setExprId(issue.getExprId())
                                .setMessage(message(issue, syntax))
                                .build()
                                .toDisplayString(source))
                .collect(Collectors.joining("\n"));
    }

    /// The parser and checker of Go word some things differently.
    private static String message(CelIssue issue, boolean syntax) {
        var text = issue.getMessage();
        var candidates = text.indexOf(" (candidates: ");
        if (candidates >= 0) {
            text = text.substring(0, candidates);
        }
        text =
                text.replace("google.protobuf.Timestamp", "timestamp")
                        .replace("google.protobuf.Duration", "duration");
        return syntax ? syntax(text) : text;
    }

    private static String syntax(String text) {
        if (text.startsWith("The argument must be a simple name")) {
            return "argument must be a simple name";
        }
        if (text.startsWith("For input string: ")) {
            return "invalid int literal";
        }
        var ofGrammar =
                text.startsWith("mismatched input")
                        || text.startsWith("extraneous input")
                        || text.startsWith("no viable alternative")
                        || text.startsWith("missing ")
                        || text.startsWith("token recognition error");
        return ofGrammar ? "Syntax error: " + text : text;
    }
}
