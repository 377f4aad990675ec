package io.coxswain.apiserver.policy;

import io.coxswain.apiserver.cel.CelEnvironment;
import io.coxswain.apiserver.cel.DeclType;
import io.coxswain.apiserver.cel.DeclType.ObjectOf;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/// The environments that admission expressions are compiled in: one per set of variable names,
/// because most policies have none.
final class Environments {

    private static final int KEPT_MAX = 500;
    private static final Pattern LITERAL =
            Pattern.compile("\\bObject(?:\\.[A-Za-z_][\\w]*)*\\s*\\{");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

    private static final ConcurrentMap<List<?>, CelEnvironment> KNOWN = new ConcurrentHashMap<>();

    private Environments() {}

    /// For match conditions, which see neither parameters nor variables.
    static CelEnvironment conditions() {
        return of(List.of(), false);
    }

    /// @param variables the names that `variables.…` has
    /// @param params whether the policy has parameters
    static CelEnvironment of(Collection<String> variables, boolean params) {
        var key = List.of(List.copyOf(variables), params);
        var known = KNOWN.get(key);
        if (known != null) {
            return known;
        }
        var environment = new CelEnvironment(types(variables, params));
        if (KNOWN.size() < KEPT_MAX) {
            KNOWN.put(key, environment);
        }
        return environment;
    }

    /// For mutations, which write objects down: `Object.spec{…}` and `JSONPatch{…}`.
    ///
    /// The types an expression writes are read from its own text: any field of an object is one,
    /// and what it may hold is known only when the object is put together.
    static CelEnvironment mutating(
            Collection<String> variables, boolean params, String expression) {
        var fields = new LinkedHashMap<String, DeclType>();
        for (var name : new TreeSet<>(names(expression))) {
            fields.put(name, DeclType.DYN);
        }
        var literals = new LinkedHashMap<String, ObjectOf>();
        var match = LITERAL.matcher(expression);
        while (match.find()) {
            var name = match.group().replaceAll("\\s*\\{", "");
            literals.put(name, RequestTypes.object(name, fields));
        }
        literals.put("Object", RequestTypes.object("Object", fields));
        literals.put("JSONPatch", RequestTypes.JSON_PATCH);
        return new CelEnvironment(types(variables, params), literals.values());
    }

    /// For looking at what is said about objects whose kind is known.
    ///
    /// @param objects the types of `object`, `oldObject` and, where there are some, `params`
    static CelEnvironment typed(Map<String, DeclType> objects, Map<String, DeclType> variables) {
        return new CelEnvironment(withRequest(objects, variables));
    }

    private static Map<String, DeclType> types(Collection<String> variables, boolean params) {
        var objects = new LinkedHashMap<String, DeclType>();
        objects.put("object", DeclType.DYN);
        objects.put("oldObject", DeclType.DYN);
        if (params) {
            objects.put("params", DeclType.DYN);
        }
        var fields = new LinkedHashMap<String, DeclType>();
        variables.forEach(name -> fields.put(name, DeclType.DYN));
        return withRequest(objects, fields);
    }

    private static Map<String, DeclType> withRequest(
            Map<String, DeclType> objects, Map<String, DeclType> variables) {
        var types = new LinkedHashMap<>(objects);
        types.put("request", RequestTypes.REQUEST);
        types.put("namespaceObject", RequestTypes.NAMESPACE);
        types.put("authorizer", RequestTypes.AUTHORIZER);
        types.put("authorizer.requestResource", RequestTypes.RESOURCE_CHECK);
        types.put("variables", RequestTypes.object("kubernetes.variables", variables));
        return types;
    }

    private static List<String> names(String expression) {
        return NAME.matcher(expression).results().map(result -> result.group()).toList();
    }
}
