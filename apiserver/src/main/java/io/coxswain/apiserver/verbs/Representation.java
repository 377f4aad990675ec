package io.coxswain.apiserver.verbs;

import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.meta.Status;
import io.coxswain.api.meta.Status.StatusDetails;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.ResourceList;
import io.coxswain.base.Clock;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import io.coxswain.storage.Entry;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Shows stored objects the way a client asked for: the stored bytes as they are, or translated to
/// YAML, to a table, or to metadata alone.
final class Representation {

    private static final String JSON = "application/json";

    private final Clock clock;

    Representation(Clock clock) {
        this.clock = clock;
    }

    /// One object.
    <T> Response one(ResourceCall<T> call, int status, Entry stored) {
        var entry = call.kind().view(stored);
        var wanted = Negotiation.of(call);
        if (wanted.plain()) {
            // Callers in this process get the object itself; for all others nothing is decoded.
            return Response.of(
                    status,
                    JSON,
                    inProcess(call)
                            ? Payload.of(entry.bytes(), call.kind().object(entry))
                            : Payload.of(entry.bytes()));
        }
        if (wanted.table()) {
            var page = new ListPage(entry.revision(), List.of(entry), "", null);
            return tree(wanted, status, Tables.of(call, page, clock.now(), wanted.version()));
        }
        var tree = JsonReader.readObject(entry.bytes());
        return tree(
                wanted,
                status,
                wanted.metadataOnly() ? Metadata.only(tree, wanted.version()) : tree);
    }

    /// The objects of a list.
    <T> Response list(ResourceCall<T> call, ListPage stored) {
        var page = stored.seenAs(call.kind());
        var wanted = Negotiation.of(call);
        if (wanted.plain()) {
            var list = new ListBody<>(call.kind(), page);
            if (inProcess(call)) {
                // The objects themselves travel; nobody may ever need the bytes.
                return Response.of(200, JSON, Payload.lazy(list::bytes, objects(call, page)));
            }
            return list.response();
        }
        if (wanted.table()) {
            return tree(wanted, 200, Tables.of(call, page, clock.now(), wanted.version()));
        }
        if (wanted.metadataOnly()) {
            return tree(wanted, 200, Metadata.list(page, wanted.version()));
        }
        return tree(wanted, 200, JsonReader.readObject(new ListBody<>(call.kind(), page).bytes()));
    }

    private static boolean inProcess(ResourceCall<?> call) {
        return call.call().request().peer().address() == null;
    }

    /// The answer to a deletion that does not return the object.
    <T> Response deleted(ResourceCall<T> call, Entry last) {
        var kind = call.kind().kind();
        var details =
                new StatusDetails(
                        last.key().name(),
                        kind.group(),
                        kind.plural(),
                        call.kind().codec().metadata(call.kind().object(last)).uid(),
                        List.of(),
                        0);
        var status =
                Edit.of(Status.class)
                        .set(Status::kind, "Status")
                        .set(Status::apiVersion, "v1")
                        .set(Status::status, "Success")
                        .set(Status::details, details)
                        .done();
        return Response.of(200, JSON, Payload.of(RecordWriter.write(status), status));
    }

    static Response tree(Negotiation wanted, int status, Json.Obj tree) {
        if (wanted.yaml()) {
            return Response.of(
                    status,
                    "application/yaml",
                    Payload.of(Yaml.write(tree).getBytes(StandardCharsets.UTF_8)));
        }
        if (wanted.pretty()) {
            return Response.of(status, JSON, Payload.of(JsonWriter.pretty(tree, 2) + "\n"));
        }
        return Response.of(status, JSON, Payload.of(JsonWriter.write(tree)));
    }

    private static <T> ResourceList<T> objects(ResourceCall<T> call, ListPage page) {
        return new ResourceList<>(
                Long.toString(page.revision()),
                page.next(),
                page.entries().stream().map(call.kind()::object).toList());
    }
}
