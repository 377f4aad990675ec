package io.coxswain.apiserver.authorization;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.apiserver.authorization.AuthorizationConfiguration.Condition;
import io.coxswain.apiserver.cel.Budget;
import io.coxswain.apiserver.cel.CelEnvironment;
import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.cel.DeclType;
import io.coxswain.apiserver.cel.Program;
import io.coxswain.apiserver.cel.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The conditions a request must meet before a webhook is asked about it. One that does not hold
/// decides, even when another cannot be evaluated.
record MatchConditions(List<Program> programs) {

    private static final DeclType TEXTS =
            new DeclType.ListOf(DeclType.STRING, DeclType.UNKNOWN_SIZE);

    private static final DeclType.ObjectOf REQUEST = request();

    private static final CelEnvironment ENVIRONMENT =
            new CelEnvironment(Map.of("request", REQUEST));

    /// Adds to `errors` what does not compile.
    static MatchConditions compile(List<Condition> conditions, FieldErrors errors) {
        var programs = new ArrayList<Program>();
        var seen = new HashSet<String>();
        for (var i = 0; i < conditions.size(); i++) {
            var text = conditions.get(i).expression();
            var at = errors.at(i).at("expression");
            if (text.isEmpty()) {
                at.required("");
                continue;
            }
            if (!seen.add(text)) {
                at.duplicate(text);
            }
            switch (ENVIRONMENT.compile(text)) {
                case CelEnvironment.Rejected(var message) ->
                        at.invalid(text, "compilation failed: " + message);
                case CelEnvironment.Compiled(var program) -> {
                    if (!program.resultTypeName().equals("bool")) {
                        at.invalid(text, "must evaluate to bool");
                    }
                    programs.add(program);
                }
            }
        }
        return new MatchConditions(programs);
    }

    /// Whether all hold; a [CelFailure] when that cannot be said.
    boolean hold(Json.Obj spec) {
        if (programs.isEmpty()) {
            return true;
        }
        var value = Values.of(spec, REQUEST);
        var budget = new Budget(Budget.PER_OBJECT);
        CelFailure failed = null;
        for (var program : programs) {
            try {
                var held = program.evaluate(name -> name.equals("request") ? value : null, budget);
                if (!Boolean.TRUE.equals(held)) {
                    return false;
                }
            } catch (CelFailure failure) {
                failed = failed == null ? failure : failed;
            }
        }
        if (failed != null) {
            throw failed;
        }
        return true;
    }

    private static DeclType.ObjectOf request() {
        var requirement =
                object(
                        "kubernetes.SelectorRequirement",
                        "key",
                        DeclType.STRING,
                        "operator",
                        DeclType.STRING,
                        "values",
                        TEXTS);
        var selector =
                object(
                        "kubernetes.SelectorAttributes",
                        "rawSelector",
                        DeclType.STRING,
                        "requirements",
                        new DeclType.ListOf(requirement, DeclType.UNKNOWN_SIZE));
        var resource = new LinkedHashMap<String, DeclType.Field>();
        for (var name :
                List.of(
                        "namespace",
                        "verb",
                        "group",
                        "version",
                        "resource",
                        "subresource",
                        "name")) {
            resource.put(name, new DeclType.Field(name, DeclType.STRING));
        }
        resource.put("fieldSelector", new DeclType.Field("fieldSelector", selector));
        resource.put("labelSelector", new DeclType.Field("labelSelector", selector));
        return object(
                "kubernetes.SubjectAccessReviewSpec",
                "resourceAttributes",
                new DeclType.ObjectOf("kubernetes.ResourceAttributes", resource),
                "nonResourceAttributes",
                object(
                        "kubernetes.NonResourceAttributes",
                        "path",
                        DeclType.STRING,
                        "verb",
                        DeclType.STRING),
                "user",
                DeclType.STRING,
                "groups",
                TEXTS,
                "extra",
                new DeclType.MapOf(DeclType.STRING, TEXTS, DeclType.UNKNOWN_SIZE),
                "uid",
                DeclType.STRING);
    }

    /// @param namesAndTypes name, type, name, type …
    private static DeclType.ObjectOf object(String name, Object... namesAndTypes) {
        var fields = new LinkedHashMap<String, DeclType.Field>();
        for (var i = 0; i < namesAndTypes.length; i += 2) {
            var field = (String) namesAndTypes[i];
            fields.put(field, new DeclType.Field(field, (DeclType) namesAndTypes[i + 1]));
        }
        return new DeclType.ObjectOf(name, fields);
    }
}
