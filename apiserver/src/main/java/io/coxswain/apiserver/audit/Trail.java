package io.coxswain.apiserver.audit;

import io.coxswain.api.json.Json;
import io.coxswain.api.meta.Status;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.Verb;
import io.coxswain.apiserver.audit.AuditEvent.Asked;
import io.coxswain.apiserver.audit.AuditEvent.Bodies;
import io.coxswain.apiserver.audit.AuditEvent.ObjectReference;
import io.coxswain.apiserver.audit.AuditPolicy.Verdict;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The events of one request, from when it is received until its answer is complete.
final class Trail {

    private static final int AGENT_LENGTH_MAX = 1024;
    private static final Set<String> LONG = Set.of("attach", "exec", "proxy", "log", "portforward");

    private final Audit audit;
    private final Call call;
    private final Verdict verdict;
    private final Asked asked;
    private final boolean readsBodies;

    /// @param user null when nobody knows who it is
    Trail(Audit audit, Call call, Verdict verdict, @Nullable User user) {
        this.audit = audit;
        this.call = call;
        this.verdict = verdict;
        this.readsBodies = user != null;
        this.asked = asked(audit, call, user);
    }

    private static Asked asked(Audit audit, Call call, @Nullable User user) {
        var request = call.request();
        var query = request.query().encoded();
        var agent = request.header("user-agent");
        var info = call.info();
        var object =
                info.resourceRequest()
                        ? new ObjectReference(
                                info.resource(),
                                info.namespace(),
                                info.name(),
                                "",
                                info.group(),
                                info.version(),
                                "",
                                info.subresource())
                        : null;
        return new Asked(
                call.annotations().auditId(request),
                audit.clock().now(),
                query.isEmpty() ? request.rawPath() : request.rawPath() + "?" + query,
                info.verb().toString(),
                user,
                addresses(call),
                agent == null ? "" : shortened(agent),
                object);
    }

    private static String shortened(String agent) {
        return agent.length() <= AGENT_LENGTH_MAX
                ? agent
                : agent.substring(0, AGENT_LENGTH_MAX) + "...TRUNCATED";
    }

    /// What proxies on the way say, and last who is at the other end.
    private static List<String> addresses(Call call) {
        var all = new ArrayList<String>(2);
        for (var header : call.request().headers().all("x-forwarded-for")) {
            for (var address : header.split(",")) {
                if (!address.isBlank()) {
                    all.add(address.strip());
                }
            }
        }
        var real = call.request().header("x-real-ip");
        if (all.isEmpty() && real != null && !real.isBlank()) {
            all.add(real.strip());
        }
        var peer = call.request().peer().address();
        if (peer != null && peer.getAddress() != null) {
            var address = peer.getAddress().getHostAddress();
            if (!all.contains(address)) {
                all.add(address);
            }
        }
        return all;
    }

    boolean longRunning() {
        var info = call.info();
        return info.verb() == Verb.WATCH
                || info.verb() == Verb.PROXY
                || (info.resourceRequest() && LONG.contains(info.subresource()));
    }

    /// Whether the request may go on.
    boolean received() {
        return send(AuditStage.REQUEST_RECEIVED, null, Bodies.NONE);
    }

    /// The answer, which this trail follows to its end.
    Response answered(Response response) {
        if (longRunning()) {
            send(AuditStage.RESPONSE_STARTED, outcome(response), bodies(null));
            if (response instanceof Response.Full) {
                complete(outcome(response), null);
                return response;
            }
            return Observed.watched(response, false, body -> complete(outcome(response), null));
        }
        if (response instanceof Response.Full full) {
            var shows = verdict.level().atLeast(AuditLevel.REQUEST_RESPONSE);
            complete(outcome(response), shows ? tree(full) : null);
            return response;
        }
        if (!verdict.level().atLeast(AuditLevel.REQUEST_RESPONSE)) {
            complete(outcome(response), null);
            return response;
        }
        return Observed.watched(
                response,
                call.info().resourceRequest(),
                body ->
                        complete(
                                outcome(response),
                                body == null ? null : AuditBodies.tree(body, "json")));
    }

    void failed(Status status, boolean fault) {
        send(
                fault ? AuditStage.PANIC : AuditStage.RESPONSE_COMPLETE,
                status,
                bodies(status.code() == 0 ? null : shown(status)));
    }

    /// Nothing of the request was looked at.
    void refused(Status status) {
        send(AuditStage.RESPONSE_STARTED, status, Bodies.NONE);
    }

    private @Nullable Json shown(Status status) {
        return verdict.level().atLeast(AuditLevel.REQUEST_RESPONSE) && call.info().resourceRequest()
                ? io.coxswain.api.codec.RecordWriter.toTree(status)
                : null;
    }

    private void complete(Status outcome, @Nullable Json body) {
        send(AuditStage.RESPONSE_COMPLETE, outcome, bodies(body));
    }

    private @Nullable Json tree(Response.Full full) {
        if (!call.info().resourceRequest()) {
            return null;
        }
        if (full.body().source() instanceof Status status) {
            return io.coxswain.api.codec.RecordWriter.toTree(status);
        }
        return AuditBodies.tree(full.body(), full.headers().first("content-type"));
    }

    private Bodies bodies(@Nullable Json answer) {
        if (!verdict.level().atLeast(AuditLevel.REQUEST) || !call.info().resourceRequest()) {
            return Bodies.NONE;
        }
        var sent =
                readsBodies && hasBody()
                        ? AuditBodies.tree(
                                call.request().body(), call.request().header("content-type"))
                        : null;
        return verdict.omitManagedFields()
                ? new Bodies(AuditBodies.withoutOwners(sent), AuditBodies.withoutOwners(answer))
                : new Bodies(sent, answer);
    }

    private boolean hasBody() {
        return switch (call.info().verb()) {
            case CREATE, UPDATE, PATCH, DELETE, DELETECOLLECTION ->
                    call.request().body() != Payload.EMPTY;
            default -> false;
        };
    }

    private static Status outcome(Response response) {
        if (response instanceof Response.Full full
                && full.body().source() instanceof Status known) {
            return known;
        }
        return Edit.of(Status.class).set(Status::code, response.status()).done();
    }

    private boolean send(AuditStage stage, @Nullable Status outcome, Bodies bodies) {
        if (verdict.omitStages().contains(stage)) {
            return true;
        }
        var about = stage == AuditStage.REQUEST_RECEIVED ? asked : named();
        return audit.write(
                new AuditEvent(
                        verdict.level(),
                        stage,
                        audit.clock().now(),
                        about,
                        call.annotations().impersonated(),
                        outcome,
                        call.annotations().all(),
                        bodies));
    }

    /// What a request is about is also in the object it sends.
    private Asked named() {
        var object = asked.object();
        var writes = call.info().verb() == Verb.CREATE || call.info().verb() == Verb.UPDATE;
        if (object == null || !writes || !readsBodies) {
            return asked;
        }
        var sent =
                AuditBodies.metadata(call.request().body(), call.request().header("content-type"));
        if (sent == null) {
            return asked;
        }
        var known =
                new ObjectReference(
                        object.resource(),
                        object.namespace().isEmpty() ? sent.namespace() : object.namespace(),
                        object.name().isEmpty() ? sent.name() : object.name(),
                        sent.uid(),
                        object.apiGroup(),
                        object.apiVersion(),
                        sent.resourceVersion(),
                        object.subresource());
        return new Asked(
                asked.id(),
                asked.received(),
                asked.uri(),
                asked.verb(),
                asked.user(),
                asked.addresses(),
                asked.userAgent(),
                known);
    }
}
