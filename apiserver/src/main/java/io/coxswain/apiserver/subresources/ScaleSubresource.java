package io.coxswain.apiserver.subresources;

import io.coxswain.api.apps.Deployment;
import io.coxswain.api.apps.Deployment.DeploymentSpec;
import io.coxswain.api.apps.ReplicaSet;
import io.coxswain.api.apps.ReplicaSet.ReplicaSetSpec;
import io.coxswain.api.apps.StatefulSet;
import io.coxswain.api.apps.StatefulSet.StatefulSetSpec;
import io.coxswain.api.autoscaling.Scale;
import io.coxswain.api.autoscaling.Scale.ScaleSpec;
import io.coxswain.api.autoscaling.Scale.ScaleStatus;
import io.coxswain.api.codec.Difference;
import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.codec.TypeMeta;
import io.coxswain.api.core.ReplicationController;
import io.coxswain.api.core.ReplicationController.ReplicationControllerSpec;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.patch.JsonPatch;
import io.coxswain.api.patch.MergePatch;
import io.coxswain.api.patch.StrategicMergePatch;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Schema;
import io.coxswain.api.selector.LabelSelectors;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.Statuses;
import io.coxswain.apiserver.admission.PartAdmission;
import io.coxswain.apiserver.media.Answers;
import io.coxswain.apiserver.media.MediaType;
import io.coxswain.apiserver.media.Received;
import io.coxswain.apiserver.registry.Part;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Response;
import io.coxswain.storage.Entry;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// `…/{name}/scale`: the number of replicas of any kind that has some, as an autoscaling/v1 Scale.
public record ScaleSubresource<T extends Resource>(
        Registry registry,
        Served<T> served,
        ScaleSubresource.Access<T> access,
        PartAdmission<Scale> admission)
        implements Subresource {

    public ScaleSubresource(Registry registry, Served<T> served, Access<T> access) {
        this(registry, served, access, PartAdmission.of(registry, Scale.class));
    }

    /// Where a kind keeps its replicas.
    public record Access<T>(
            Function<T, @Nullable Integer> wanted,
            Function<T, Integer> present,
            Function<T, String> selector,
            BiFunction<T, Integer, T> scaled) {}

    static final Access<Deployment> DEPLOYMENT =
            new Access<>(
                    object -> object.spec().replicas(),
                    object -> object.status().replicas(),
                    object -> text(object.spec().selector()),
                    (object, replicas) ->
                            Edit.with(
                                    object,
                                    Deployment::spec,
                                    Edit.with(object.spec(), DeploymentSpec::replicas, replicas)));

    static final Access<ReplicaSet> REPLICA_SET =
            new Access<>(
                    object -> object.spec().replicas(),
                    object -> object.status().replicas(),
                    object -> text(object.spec().selector()),
                    (object, replicas) ->
                            Edit.with(
                                    object,
                                    ReplicaSet::spec,
                                    Edit.with(object.spec(), ReplicaSetSpec::replicas, replicas)));

    static final Access<StatefulSet> STATEFUL_SET =
            new Access<>(
                    object -> object.spec().replicas(),
                    object -> object.status().replicas(),
                    object -> text(object.spec().selector()),
                    (object, replicas) ->
                            Edit.with(
                                    object,
                                    StatefulSet::spec,
                                    Edit.with(object.spec(), StatefulSetSpec::replicas, replicas)));

    static final Access<ReplicationController> REPLICATION_CONTROLLER =
            new Access<>(
                    object -> object.spec().replicas(),
                    object -> object.status().replicas(),
                    object -> text(object.spec().selector()),
                    (object, replicas) ->
                            Edit.with(
                                    object,
                                    ReplicationController::spec,
                                    Edit.with(
                                            object.spec(),
                                            ReplicationControllerSpec::replicas,
                                            replicas)));

    @Override
    public Response handle(Call call, Served<?> kind) {
        return switch (call.info().verb()) {
            case GET ->
                    answer(call, registry.get(served, call.info().namespace(), call.info().name()));
            case UPDATE -> {
                var scale = read(call);
                checkName(call, scale.metadata().name());
                yield change(call, present -> scale);
            }
            case PATCH -> change(call, patch(call));
            default -> throw Statuses.methodNotAllowed();
        };
    }

    private Response change(Call call, UnaryOperator<Scale> change) {
        var info = call.info();
        var options = WriteOptions.of(call);
        var decision =
                registry.update(
                        call,
                        served,
                        served.key(info.namespace(), info.name()),
                        Part.SCALE,
                        stored -> owned(stored, apply(call, stored, change), options),
                        options.applying());
        return answer(call, decision.entry());
    }

    /// The scaled object with its owners. A Scale leaves out zero replicas: who asks for none owns
    /// nothing.
    private T owned(T stored, T scaled, WriteOptions options) {
        var codec = served.codec();
        var difference = codec.difference(stored, scaled);
        var replicas = access.wanted().apply(scaled);
        if (replicas != null && replicas == 0) {
            var after = difference.after();
            var spec = after.object("spec").without("replicas");
            difference = new Difference(difference.before(), after.with("spec", spec));
        }
        var owners =
                served.managedFields(Part.SCALE)
                        .update(
                                stored.metadata(),
                                scaled.metadata(),
                                difference,
                                options.fieldManager(),
                                registry.clock().now());
        return codec.withMetadata(
                scaled, Edit.with(scaled.metadata(), ObjectMeta::managedFields, owners));
    }

    private T apply(Call call, T stored, UnaryOperator<Scale> change) {
        var before = scale(stored);
        var scale = admission.admit(call, served, stored.name(), before, change.apply(before));
        var replicas = scale.spec().replicas();
        if (replicas < 0 && served.kind().type() != null) {
            var errors = new FieldErrors();
            errors.at("spec")
                    .at("replicas")
                    .invalid(replicas, "must be greater than or equal to 0");
            throw Errors.invalid("autoscaling", "Scale", stored.name(), errors.all());
        }
        var meta =
                Edit.with(
                        stored.metadata(),
                        ObjectMeta::resourceVersion,
                        scale.metadata().resourceVersion());
        return served.codec().withMetadata(access.scaled().apply(stored, replicas), meta);
    }

    private UnaryOperator<Scale> patch(Call call) {
        var request = call.request();
        var type = request.header("content-type");
        var body = request.body().bytes();
        UnaryOperator<Json.Obj> patch =
                switch (type == null ? "" : type.split(";", 2)[0]) {
                    case "application/json-patch+json" -> jsonPatch(JsonPatch.read(body));
                    case "application/strategic-merge-patch+json" -> {
                        var read = MergePatch.read(body);
                        yield tree -> StrategicMergePatch.apply(tree, read, Schema.of(Scale.class));
                    }
                    default -> {
                        var read = MergePatch.read(body);
                        yield tree -> MergePatch.apply(tree, read);
                    }
                };
        return present ->
                RecordReader.fromTree(
                        Scale.class, patch.apply(RecordWriter.toTree(present)), new Problems());
    }

    private static UnaryOperator<Json.Obj> jsonPatch(JsonPatch patch) {
        return tree -> patch.apply(tree) instanceof Json.Obj object ? object : Json.EMPTY;
    }

    private Response answer(Call call, Entry entry) {
        var scale = scale(served.object(entry));
        if (ScaleTable.wanted(call)) {
            return ScaleTable.of(scale, registry.clock().now());
        }
        return Answers.of(call, 200, scale);
    }

    private Scale scale(T object) {
        var meta = object.metadata();
        var replicas = access.wanted().apply(object);
        return Edit.of(Scale.class)
                .set(
                        Scale::metadata,
                        Edit.of(ObjectMeta.class)
                                .set(ObjectMeta::name, meta.name())
                                .set(ObjectMeta::namespace, meta.namespace())
                                .set(ObjectMeta::uid, meta.uid())
                                .set(ObjectMeta::resourceVersion, meta.resourceVersion())
                                .set(ObjectMeta::creationTimestamp, meta.creationTimestamp())
                                .done())
                .set(
                        Scale::spec,
                        Edit.of(ScaleSpec.class)
                                .set(ScaleSpec::replicas, replicas == null ? 0 : replicas)
                                .done())
                .set(
                        Scale::status,
                        Edit.of(ScaleStatus.class)
                                .set(ScaleStatus::replicas, access.present().apply(object))
                                .set(ScaleStatus::selector, access.selector().apply(object))
                                .done())
                .done();
    }

    private static void checkName(Call call, String name) {
        if (!name.equals(call.info().name())) {
            throw Errors.badRequest(
                    "the name of the object ("
                            + name
                            + ") does not match the name on the URL ("
                            + call.info().name()
                            + ")");
        }
    }

    private static Scale read(Call call) {
        var body = call.request().body();
        var json = body.source() == null && Received.type(call) == MediaType.JSON;
        var named = json ? TypeMeta.of(body.bytes()) : new TypeMeta("", "");
        if (!named.kind().isEmpty() && !named.kind().equals("Scale")) {
            var version = named.apiVersion().substring(named.apiVersion().indexOf('/') + 1);
            throw Errors.badRequest(
                    named.kind()
                            + " in version \""
                            + version
                            + "\" cannot be handled as a Scale: converting ("
                            + version
                            + "."
                            + named.kind()
                            + ") to (autoscaling.Scale): unknown conversion");
        }
        return Received.record(call, Scale.class);
    }

    private static String text(@Nullable LabelSelector selector) {
        return selector == null ? "" : LabelSelectors.of(selector).toString();
    }

    private static String text(Map<String, String> selector) {
        return LabelSelectors.of(selector).toString();
    }
}
