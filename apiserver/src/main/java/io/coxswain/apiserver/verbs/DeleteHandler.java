package io.coxswain.apiserver.verbs;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.registry.Decision;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Response;
import io.coxswain.storage.Key;

/// Serves `DELETE …/{name}`: removes the object now, or marks it and lets others finish first.
record DeleteHandler(Representation representation) implements VerbHandler {

    @Override
    public <T> Response handle(ResourceCall<T> call) {
        var options = options(call);
        var write = call.options();
        if (!options.dryRun().isEmpty()) {
            write = write.dry();
        }
        var decision = delete(call, call.key(), options, write);
        if (decision.removed() && !call.kind().strategy().answersDeleted()) {
            return representation.deleted(call, decision.entry());
        }
        var orphan = options.orphanDependents();
        var accepted = !decision.removed() && orphan != null && !orphan;
        return representation.one(call, accepted ? 202 : 200, decision.entry());
    }

    static <T> Decision delete(
            ResourceCall<T> call, Key key, DeleteOptions options, WriteOptions write) {
        return Deletes.delete(call.call(), call.kind(), call.registry(), key, options, write);
    }

    /// Options come in the body or, where there is none, as query parameters.
    static DeleteOptions options(ResourceCall<?> call) {
        var options = read(call);
        DeleteChecks.check(options);
        return options;
    }

    private static DeleteOptions read(ResourceCall<?> call) {
        var body = call.call().request().body();
        if (body.source() instanceof DeleteOptions options) {
            return options;
        }
        var query = call.query();
        if (body.bytes().length == 0) {
            var grace = query.first("gracePeriodSeconds");
            var orphan = query.first("orphanDependents");
            return Edit.of(DeleteOptions.class)
                    .set(
                            DeleteOptions::gracePeriodSeconds,
                            grace == null ? null : DeleteChecks.seconds(grace))
                    .set(DeleteOptions::propagationPolicy, query.first("propagationPolicy"))
                    .set(
                            DeleteOptions::orphanDependents,
                            orphan == null ? null : (Boolean) orphan.equals("true"))
                    .set(DeleteOptions::dryRun, query.all("dryRun"))
                    .done();
        }
        var json = Bodies.json(call.call().request().header("content-type"), body);
        var options = Plain.read(DeleteOptions.class, json, new Problems());
        DeleteChecks.checkKind(options);
        return options;
    }
}
