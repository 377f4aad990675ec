package io.coxswain.apiserver.verbs;

import io.coxswain.api.codec.TypeMeta;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.meta.PartialObjectMetadata;
import io.coxswain.api.meta.Status;
import io.coxswain.api.meta.Status.ListMeta;
import io.coxswain.api.meta.Status.StatusDetails;
import io.coxswain.api.proto.Envelope;
import io.coxswain.api.proto.Frames;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.ResourceList;
import io.coxswain.apiserver.media.Answers;
import io.coxswain.apiserver.media.MediaType;
import io.coxswain.apiserver.media.MessageList;
import io.coxswain.apiserver.media.Messages;
import io.coxswain.apiserver.media.Negotiation;
import io.coxswain.base.Clock;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import io.coxswain.storage.Entry;
import java.util.List;

/// Shows stored objects the way a client asked for: the stored bytes as they are, or translated to
/// YAML, to protobuf, to a table, or to metadata alone.
final class Representation {

    private static final String JSON = MediaType.JSON.toString();

    private final Clock clock;
    private final Messages messages;

    Representation(Clock clock, Messages messages) {
        this.clock = clock;
        this.messages = messages;
    }

    /// One object.
    <T> Response one(ResourceCall<T> call, int status, Entry stored) {
        var entry = call.kind().view(stored);
        var wanted = call.wanted();
        if (wanted.stored()) {
            // Callers in this process get the object itself; for all others nothing is decoded.
            return Response.of(
                    status,
                    JSON,
                    inProcess(call)
                            ? Payload.of(entry.bytes(), call.kind().object(entry))
                            : Payload.of(entry.bytes()));
        }
        if (wanted.mediaType() == MediaType.PROTOBUF) {
            var bytes =
                    wanted.metadataOnly()
                            ? Envelope.of(
                                    metadata(call, entry),
                                    metaType(wanted, "PartialObjectMetadata"))
                            : Frames.envelope(type(call, ""), messages.of(call.kind(), entry));
            return Response.of(status, wanted.mediaType().toString(), Payload.of(bytes));
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
        var wanted = call.wanted();
        if (wanted.stored()) {
            var list = new ListBody<>(call.kind(), page);
            if (inProcess(call)) {
                // The objects themselves travel; nobody may ever need the bytes.
                return Response.of(200, JSON, Payload.lazy(list::bytes, objects(call, page)));
            }
            return list.response();
        }
        if (wanted.mediaType() == MediaType.PROTOBUF) {
            return messageList(call, wanted, page).response();
        }
        if (wanted.table()) {
            return tree(wanted, 200, Tables.of(call, page, clock.now(), wanted.version()));
        }
        if (wanted.metadataOnly()) {
            return tree(wanted, 200, Metadata.list(page, wanted.version()));
        }
        return tree(wanted, 200, JsonReader.readObject(new ListBody<>(call.kind(), page).bytes()));
    }

    private <T> MessageList messageList(ResourceCall<T> call, Negotiation wanted, ListPage page) {
        var revision = Long.toString(page.revision());
        var metadata = new ListMeta("", revision, page.next(), page.remaining(), null);
        if (wanted.metadataOnly()) {
            return new MessageList(
                    metaType(wanted, "PartialObjectMetadataList"),
                    metadata,
                    page.entries(),
                    entry -> MessageList.message(metadata(call, entry)));
        }
        return new MessageList(
                type(call, "List"),
                metadata,
                page.entries(),
                entry -> messages.of(call.kind(), entry));
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
        return Answers.shown(call.wanted(), 200, status, Answers.STATUS);
    }

    static TypeMeta type(ResourceCall<?> call, String suffix) {
        var kind = call.kind().kind();
        return new TypeMeta(kind.apiVersion(), kind.kind() + suffix);
    }

    static TypeMeta metaType(Negotiation wanted, String kind) {
        return new TypeMeta("meta.k8s.io/" + wanted.version(), kind);
    }

    static <T> PartialObjectMetadata metadata(ResourceCall<T> call, Entry entry) {
        var kind = call.kind();
        return new PartialObjectMetadata(
                "", "", Metadata.shown(kind.codec().metadata(kind.object(entry))));
    }

    private static Response tree(Negotiation wanted, int status, Json.Obj tree) {
        return Response.of(
                status, wanted.mediaType().toString(), Payload.of(Answers.text(wanted, tree)));
    }

    private static <T> ResourceList<T> objects(ResourceCall<T> call, ListPage page) {
        return new ResourceList<>(
                Long.toString(page.revision()),
                page.next(),
                page.entries().stream().map(call.kind()::object).toList());
    }
}
