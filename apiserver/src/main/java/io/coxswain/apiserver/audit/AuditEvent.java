package io.coxswain.apiserver.audit;

import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.codec.Times;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.Status;
import io.coxswain.apiserver.User;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is known about a request at one stage.
///
/// @param outcome null while there is no answer
/// @param bodies what was sent and answered, as far as the level shows it
public record AuditEvent(
        AuditLevel level,
        AuditStage stage,
        Instant at,
        Asked asked,
        @Nullable User impersonated,
        @Nullable Status outcome,
        Map<String, String> annotations,
        Bodies bodies) {

    /// What does not change from stage to stage.
    ///
    /// @param object null for a request that names no resource
    record Asked(
            String id,
            Instant received,
            String uri,
            String verb,
            @Nullable User user,
            List<String> addresses,
            String userAgent,
            @Nullable ObjectReference object) {}

    /// The object that a request is about.
    record ObjectReference(
            String resource,
            String namespace,
            String name,
            String uid,
            String apiGroup,
            String apiVersion,
            String resourceVersion,
            String subresource) {}

    /// @param request what was sent
    /// @param response what was answered
    record Bodies(@Nullable Json request, @Nullable Json response) {
        static final Bodies NONE = new Bodies(null, null);
    }

    /// As `audit.k8s.io/v1` writes an event.
    public Json.Obj toJson() {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("kind", Json.of("Event"));
        fields.put("apiVersion", Json.of("audit.k8s.io/v1"));
        fields.put("level", Json.of(level.toString()));
        fields.put("auditID", Json.of(asked.id()));
        fields.put("stage", Json.of(stage.toString()));
        fields.put("requestURI", Json.of(asked.uri()));
        fields.put("verb", Json.of(asked.verb()));
        var user = asked.user();
        fields.put("user", user == null ? Json.EMPTY : json(user));
        if (impersonated != null) {
            fields.put("impersonatedUser", json(impersonated));
        }
        if (!asked.addresses().isEmpty()) {
            fields.put("sourceIPs", texts(asked.addresses()));
        }
        put(fields, "userAgent", asked.userAgent());
        var object = asked.object();
        if (object != null) {
            fields.put("objectRef", json(object));
        }
        if (outcome != null) {
            fields.put("responseStatus", json(outcome));
        }
        var sent = bodies.request();
        if (sent != null) {
            fields.put("requestObject", sent);
        }
        var answered = bodies.response();
        if (answered != null) {
            fields.put("responseObject", answered);
        }
        fields.put("requestReceivedTimestamp", Json.of(Times.micros(asked.received())));
        fields.put("stageTimestamp", Json.of(Times.micros(at)));
        if (!annotations.isEmpty()) {
            var notes = new LinkedHashMap<String, Json>();
            new TreeMap<>(annotations).forEach((key, value) -> notes.put(key, Json.of(value)));
            fields.put("annotations", new Json.Obj(notes));
        }
        return new Json.Obj(fields);
    }

    private static Json.Obj json(User user) {
        var fields = new LinkedHashMap<String, Json>();
        put(fields, "username", user.name());
        put(fields, "uid", user.uid());
        if (!user.groups().isEmpty()) {
            fields.put("groups", texts(user.groups()));
        }
        if (!user.extra().isEmpty()) {
            var extra = new LinkedHashMap<String, Json>();
            new TreeMap<>(user.extra()).forEach((key, values) -> extra.put(key, texts(values)));
            fields.put("extra", new Json.Obj(extra));
        }
        return new Json.Obj(fields);
    }

    private static Json.Obj json(ObjectReference object) {
        var fields = new LinkedHashMap<String, Json>();
        put(fields, "resource", object.resource());
        put(fields, "namespace", object.namespace());
        put(fields, "name", object.name());
        put(fields, "uid", object.uid());
        put(fields, "apiGroup", object.apiGroup());
        put(fields, "apiVersion", object.apiVersion());
        put(fields, "resourceVersion", object.resourceVersion());
        put(fields, "subresource", object.subresource());
        return new Json.Obj(fields);
    }

    private static Json.Obj json(Status status) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("metadata", Json.EMPTY);
        put(fields, "status", status.status());
        put(fields, "message", status.message());
        put(fields, "reason", status.reason());
        var details = status.details();
        if (details != null) {
            fields.put("details", RecordWriter.toTree(details));
        }
        fields.put("code", Json.of(status.code()));
        return new Json.Obj(fields);
    }

    private static Json.Arr texts(List<String> texts) {
        return Json.array(texts.stream().map(Json::of).toList());
    }

    private static void put(Map<String, Json> fields, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            fields.put(name, Json.of(value));
        }
    }
}
