package io.coxswain.apiserver.policy;

import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.core.Namespace;
import io.coxswain.api.json.Json;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.apiserver.admission.Objects;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.apiserver.cel.Bindings;
import io.coxswain.apiserver.cel.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the expressions of policies and match conditions see of a write: `object`, `oldObject`,
/// `request`, `namespaceObject`, `authorizer`. Each is made when first asked for.
public final class RequestBindings<T> implements Bindings {

    private final AdmissionRequest<T> request;
    private final T object;
    private final Objects objects;
    private final Authorizer authorizer;
    private final Map<String, Object> known = new HashMap<>();

    public RequestBindings(
            AdmissionRequest<T> request, T object, Objects objects, Authorizer authorizer) {
        this.request = request;
        this.object = object;
        this.objects = objects;
        this.authorizer = authorizer;
    }

    @Override
    public @Nullable Object find(String name) {
        var before = known.get(name);
        if (before != null) {
            return before;
        }
        var value = make(name);
        if (value != null) {
            known.put(name, value);
        }
        return value;
    }

    private @Nullable Object make(String name) {
        return switch (name) {
            case "object" ->
                    request.operation() == Operation.DELETE
                            ? Json.NULL
                            : Values.of(request.tree(object));
            case "oldObject" -> {
                var old = request.old();
                yield old == null ? Json.NULL : Values.of(request.tree(old));
            }
            case "request" -> Values.of(tree(request), RequestTypes.REQUEST);
            case "namespaceObject" -> namespace();
            case "authorizer" -> new Question(authorizer, request.user());
            case "authorizer.requestResource" -> Question.about(authorizer, request);
            default -> null;
        };
    }

    private Object namespace() {
        var name = request.namespace();
        if (name.isEmpty()) {
            return Json.NULL;
        }
        var namespace = objects.find(Namespace.class, "", name);
        return namespace == null
                ? Json.NULL
                : Values.of(
                        objects.catalog().of(Namespace.class).codec().toTree(namespace),
                        RequestTypes.NAMESPACE);
    }

    /// The request as webhooks and expressions see it, without the objects.
    public static Json.Obj tree(AdmissionRequest<?> request) {
        var asked = request.asked() == null ? request : request.asked();
        var tree = new LinkedHashMap<String, Json>();
        tree.put("kind", kind(request));
        tree.put("resource", resource(request));
        text(tree, "subResource", request.subresource());
        tree.put("requestKind", kind(asked));
        tree.put("requestResource", resource(asked));
        text(tree, "requestSubResource", request.subresource());
        text(tree, "name", request.name());
        text(tree, "namespace", request.namespace());
        tree.put("operation", Json.of(request.operation().name()));
        tree.put("userInfo", user(request.user()));
        tree.put("dryRun", Json.of(request.dryRun()));
        var connects = request.operation() == Operation.CONNECT;
        tree.put("options", connects ? Json.NULL : options(request));
        return new Json.Obj(tree);
    }

    private static Json.Obj kind(AdmissionRequest<?> request) {
        var sent = request.sent();
        var tree = new LinkedHashMap<String, Json>();
        tree.put("group", Json.of(sent.group()));
        tree.put("version", Json.of(sent.version()));
        tree.put("kind", Json.of(sent.kind()));
        return new Json.Obj(tree);
    }

    private static Json.Obj resource(AdmissionRequest<?> request) {
        var kind = request.kind();
        var tree = new LinkedHashMap<String, Json>();
        tree.put("group", Json.of(kind.group()));
        tree.put("version", Json.of(kind.version()));
        tree.put("resource", Json.of(kind.plural()));
        return new Json.Obj(tree);
    }

    /// What was sent, and nothing that the server added.
    private static Json.Obj options(AdmissionRequest<?> request) {
        var tree = new LinkedHashMap<String, Json>();
        var deletion = request.options().deletion();
        if (deletion != null) {
            tree.putAll(RecordWriter.toTree(deletion).fields());
        }
        var kind = request.operation() == Operation.CREATE ? "CreateOptions" : "UpdateOptions";
        tree.put("kind", Json.of(deletion == null ? kind : "DeleteOptions"));
        tree.put("apiVersion", Json.of("meta.k8s.io/v1"));
        for (var name : List.of("fieldManager", "fieldValidation")) {
            text(tree, name, request.call().query().first(name));
        }
        if (request.dryRun()) {
            tree.put("dryRun", Json.array(List.of(Json.of("All"))));
        }
        return new Json.Obj(tree);
    }

    private static Json.Obj user(User user) {
        var tree = new LinkedHashMap<String, Json>();
        text(tree, "username", user.name());
        text(tree, "uid", user.uid());
        if (!user.groups().isEmpty()) {
            tree.put("groups", texts(user.groups()));
        }
        if (!user.extra().isEmpty()) {
            var extra = new LinkedHashMap<String, Json>();
            user.extra().forEach((key, values) -> extra.put(key, texts(values)));
            tree.put("extra", new Json.Obj(extra));
        }
        return new Json.Obj(tree);
    }

    private static Json.Arr texts(List<String> texts) {
        var items = new ArrayList<Json>();
        texts.forEach(text -> items.add(Json.of(text)));
        return new Json.Arr(items);
    }

    private static void text(Map<String, Json> tree, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            tree.put(name, Json.of(value));
        }
    }
}
