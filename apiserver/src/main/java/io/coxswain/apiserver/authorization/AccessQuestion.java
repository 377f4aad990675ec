package io.coxswain.apiserver.authorization;

import io.coxswain.api.authorization.ResourceAttributes;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.FieldSelectorRequirement;
import io.coxswain.api.meta.LabelSelectorRequirement;
import io.coxswain.api.selector.FieldSelectors;
import io.coxswain.api.selector.LabelSelectors;
import io.coxswain.apiserver.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A question to the authorizer as SubjectAccessReviews write it, in both directions.
public final class AccessQuestion {

    private AccessQuestion() {}

    /// What a review asks about.
    public static Attributes of(User user, ResourceAttributes resource) {
        var fields = resource.fieldSelector();
        var labels = resource.labelSelector();
        return new Attributes(
                        user,
                        resource.verb(),
                        resource.group(),
                        resource.namespace(),
                        resource.resource(),
                        resource.subresource(),
                        resource.name(),
                        "")
                .selecting(
                        fields == null
                                ? ""
                                : or(fields.rawSelector(), fieldTerms(fields.requirements())),
                        labels == null
                                ? ""
                                : or(labels.rawSelector(), labelTerms(labels.requirements())))
                .in(resource.version());
    }

    private static String or(String raw, List<String> terms) {
        return raw.isEmpty() ? String.join(",", terms) : raw;
    }

    /// A term that cannot be said in a selector is left out: the question is then a wider one.
    private static List<String> fieldTerms(List<FieldSelectorRequirement> requirements) {
        var terms = new ArrayList<String>();
        for (var term : requirements) {
            if (term.values().size() == 1) {
                switch (term.operator()) {
                    case "In" ->
                            terms.add(
                                    FieldSelectors.equal(term.key(), term.values().getFirst())
                                            .toString());
                    case "NotIn" -> terms.add(term.key() + "!=" + term.values().getFirst());
                    default -> {}
                }
            }
        }
        return terms;
    }

    private static List<String> labelTerms(List<LabelSelectorRequirement> requirements) {
        var terms = new ArrayList<String>();
        for (var term : requirements) {
            var values = "(" + String.join(",", term.values()) + ")";
            switch (term.operator()) {
                case "In" -> terms.add(term.key() + " in " + values);
                case "NotIn" -> terms.add(term.key() + " notin " + values);
                case "Exists" -> terms.add(term.key());
                case "DoesNotExist" -> terms.add("!" + term.key());
                default -> {}
            }
        }
        return terms;
    }

    /// The `spec` of a review that asks this.
    static Json.Obj spec(Attributes asked) {
        var spec = new LinkedHashMap<String, Json>();
        if (asked.resourceRequest()) {
            spec.put("resourceAttributes", resource(asked));
        } else {
            var path = new LinkedHashMap<String, Json>();
            put(path, "path", asked.path());
            put(path, "verb", asked.verb());
            spec.put("nonResourceAttributes", new Json.Obj(path));
        }
        var user = asked.user();
        put(spec, "user", user.name());
        if (!user.groups().isEmpty()) {
            spec.put("groups", texts(user.groups()));
        }
        if (!user.extra().isEmpty()) {
            var extra = new LinkedHashMap<String, Json>();
            user.extra().forEach((key, values) -> extra.put(key, texts(values)));
            spec.put("extra", new Json.Obj(extra));
        }
        put(spec, "uid", user.uid());
        return new Json.Obj(spec);
    }

    private static Json.Obj resource(Attributes asked) {
        var fields = new LinkedHashMap<String, Json>();
        put(fields, "namespace", asked.namespace());
        put(fields, "verb", asked.verb());
        put(fields, "group", asked.group());
        put(fields, "version", asked.version());
        put(fields, "resource", asked.resource());
        put(fields, "subresource", asked.subresource());
        put(fields, "name", asked.name());
        var byFields = fieldRequirements(asked.fieldSelector());
        if (!byFields.isEmpty()) {
            fields.put("fieldSelector", Json.object(Map.of("requirements", Json.array(byFields))));
        }
        var byLabels = labelRequirements(asked.labelSelector());
        if (!byLabels.isEmpty()) {
            fields.put("labelSelector", Json.object(Map.of("requirements", Json.array(byLabels))));
        }
        return new Json.Obj(fields);
    }

    private static List<Json> fieldRequirements(String selector) {
        try {
            return FieldSelectors.parse(selector).terms().stream()
                    .<Json>map(term ->
                            requirement(
                                    term.field(),
                                    term.equal() ? "In" : "NotIn",
                                    List.of(term.value())))
                    .toList();
        } catch (IllegalArgumentException unreadable) {
            return List.of();
        }
    }

    private static List<Json> labelRequirements(String selector) {
        try {
            var all = new ArrayList<Json>();
            for (var term : LabelSelectors.parse(selector).requirements()) {
                var values = List.copyOf(term.values());
                switch (term.operator()) {
                    case IN, EQUALS, DOUBLE_EQUALS ->
                            all.add(requirement(term.key(), "In", values));
                    case NOT_IN, NOT_EQUALS -> all.add(requirement(term.key(), "NotIn", values));
                    case EXISTS -> all.add(requirement(term.key(), "Exists", List.of()));
                    case DOES_NOT_EXIST ->
                            all.add(requirement(term.key(), "DoesNotExist", List.of()));
                    case GREATER_THAN, LESS_THAN -> {}
                }
            }
            return all;
        } catch (IllegalArgumentException unreadable) {
            return List.of();
        }
    }

    private static Json.Obj requirement(String key, String operator, List<String> values) {
        var fields = new LinkedHashMap<String, Json>();
        put(fields, "key", key);
        put(fields, "operator", operator);
        if (!values.isEmpty()) {
            fields.put("values", texts(values));
        }
        return new Json.Obj(fields);
    }

    private static Json.Arr texts(List<String> texts) {
        return Json.array(texts.stream().map(Json::of).toList());
    }

    private static void put(Map<String, Json> fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, Json.of(value));
        }
    }
}
