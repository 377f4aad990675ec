package io.coxswain.controllers.garbage;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.meta.ObjectMeta.OwnerReference;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.client.Client;
import io.coxswain.client.Patch;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The collector's requests. Every write names the version it was decided on, so a decision that
/// has become wrong is refused.
record Requests(Client client) {

    /// The object as it is; null when there is none of that name.
    @Nullable Observed find(ResourceKind<?> kind, String namespace, String name) {
        try {
            var object = client.json(Request.get(kind.path(namespace, name)));
            var lean = object.object("metadata").without("managedFields");
            return Observed.of(kind, RecordReader.fromTree(ObjectMeta.class, lean, new Problems()));
        } catch (ApiError error) {
            if (error.notFound()) {
                return null;
            }
            throw error;
        }
    }

    void delete(ResourceKind<?> kind, Observed object, String propagation) {
        var identity = object.identity();
        var options =
                Edit.of(DeleteOptions.class)
                        .set(
                                DeleteOptions::preconditions,
                                new DeleteOptions.Preconditions(
                                        identity.uid(), object.resourceVersion()))
                        .set(DeleteOptions::propagationPolicy, propagation)
                        .done();
        try {
            client.json(
                    Request.of("DELETE", kind.path(identity.namespace(), identity.name()))
                            .withBody(
                                    "application/json",
                                    Payload.of(RecordWriter.write(options), options)));
        } catch (ApiError error) {
            if (!error.notFound()) {
                throw error;
            }
        }
    }

    /// Takes a finalizer off.
    void release(ResourceKind<?> kind, Observed object, String finalizer) {
        var left =
                object.finalizers().stream()
                        .filter(one -> !one.equals(finalizer))
                        .map(Json::of)
                        .toList();
        patch(kind, object, Map.of("finalizers", Json.array(left)));
    }

    /// Takes the references to these owners off.
    void disown(ResourceKind<?> kind, Observed object, Set<String> owners) {
        var left = object.owners().stream().filter(owner -> !owners.contains(owner.uid())).toList();
        setOwners(kind, object, left);
    }

    /// Lets the owners end without waiting for this object: the way out of a circle of owners.
    void unblockOwners(ResourceKind<?> kind, Observed object) {
        var free =
                object.owners().stream()
                        .map(owner -> Edit.with(owner, OwnerReference::blockOwnerDeletion, false))
                        .toList();
        if (!free.equals(object.owners())) {
            setOwners(kind, object, free);
        }
    }

    private void setOwners(ResourceKind<?> kind, Observed object, List<OwnerReference> owners) {
        var references = Json.array(owners.stream().map(RecordWriter::toTree).toList());
        patch(kind, object, Map.of("ownerReferences", references));
    }

    private void patch(ResourceKind<?> kind, Observed object, Map<String, Json> fields) {
        var identity = object.identity();
        var metadata = new LinkedHashMap<>(fields);
        metadata.put("uid", Json.of(identity.uid()));
        metadata.put("resourceVersion", Json.of(object.resourceVersion()));
        var body = Json.object(Map.of("metadata", Json.object(metadata)));
        try {
            client.json(
                    Request.of("PATCH", kind.path(identity.namespace(), identity.name()))
                            .withBody(
                                    Patch.Type.MERGE.contentType(),
                                    Payload.of(JsonWriter.write(body))));
        } catch (ApiError error) {
            if (!error.notFound()) {
                throw error;
            }
        }
    }
}
