package io.coxswain.apiserver.subresources;

import io.coxswain.api.authentication.TokenRequest;
import io.coxswain.api.authentication.TokenRequest.BoundObjectReference;
import io.coxswain.api.authentication.TokenRequest.TokenRequestSpec;
import io.coxswain.api.authentication.TokenRequest.TokenRequestStatus;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Secret;
import io.coxswain.api.core.ServiceAccount;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldError;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.Statuses;
import io.coxswain.apiserver.Verb;
import io.coxswain.apiserver.admission.PartAdmission;
import io.coxswain.apiserver.authentication.ServiceAccountTokens;
import io.coxswain.apiserver.authentication.ServiceAccountTokens.Bound;
import io.coxswain.apiserver.authentication.TokenLifetimes;
import io.coxswain.apiserver.media.Answers;
import io.coxswain.apiserver.media.Received;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.apiserver.registry.Times;
import io.coxswain.apiserver.registry.Unstored;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `POST serviceaccounts/{name}/token`: issues a token for an account.
record TokenSubresource(
        Registry registry, Catalog catalog, ServiceAccountTokens tokens, TokenLifetimes lifetimes)
        implements Subresource {

    private static final String ISSUED = "authentication.kubernetes.io/issued-credential-id";
    private static final long SECONDS_DEFAULT = 3600;
    private static final long SECONDS_MIN = 600;
    private static final long SECONDS_MAX = 1L << 32;

    @Override
    public Response handle(Call call, Served<?> kind) {
        if (call.info().verb() != Verb.CREATE) {
            throw Statuses.methodNotAllowed();
        }
        var sent = Received.record(call, TokenRequest.class);
        var info = call.info();
        var accounts = catalog.of(ServiceAccount.class);
        var account = accounts.object(registry.get(accounts, info.namespace(), info.name()));
        var request =
                Unstored.owned(
                        TokenRequest.class,
                        withDefaults(sent),
                        "token",
                        WriteOptions.of(call),
                        registry.clock());
        var admitted =
                PartAdmission.of(registry, TokenRequest.class)
                        .admit(
                                call,
                                accounts,
                                account.name(),
                                null,
                                request,
                                it -> complete(call, it, account));
        var seconds = seconds(admitted);
        var bound = bound(account, admitted.spec().boundObjectRef());
        var audiences = admitted.spec().audiences();
        var forPods =
                bound != null
                        && bound.kind().equals("Pod")
                        && tokens.defaultAudiences().containsAll(audiences);
        var issued = tokens.issue(account, audiences, lifetimes.of(seconds, forPods), bound);
        call.annotations().put(ISSUED, issued.id());
        return answer(call, admitted, issued.token(), seconds);
    }

    private static long seconds(TokenRequest request) {
        var asked = request.spec().expirationSeconds();
        return asked == null ? SECONDS_DEFAULT : asked;
    }

    private static TokenRequest withDefaults(TokenRequest sent) {
        var spec = Edit.with(sent.spec(), TokenRequestSpec::expirationSeconds, seconds(sent));
        return Edit.with(sent, TokenRequest::spec, spec);
    }

    /// With the name of the account, for no longer than is allowed, and for the server itself if it
    /// is for nobody else.
    private TokenRequest complete(Call call, TokenRequest request, ServiceAccount account) {
        check(seconds(request));
        checkNames(request, account);
        var metadata =
                Edit.of(request.metadata())
                        .set(ObjectMeta::name, account.name())
                        .set(ObjectMeta::namespace, account.namespace())
                        .set(ObjectMeta::uid, account.uid())
                        .done();
        var spec =
                Edit.of(request.spec())
                        .set(TokenRequestSpec::expirationSeconds, told(call, seconds(request)))
                        .change(
                                TokenRequestSpec::audiences,
                                audiences ->
                                        audiences.isEmpty() ? tokens.defaultAudiences() : audiences)
                        .done();
        return Edit.of(request)
                .set(TokenRequest::metadata, metadata)
                .set(TokenRequest::spec, spec)
                .done();
    }

    private long told(Call call, long asked) {
        var told = lifetimes.of(asked, false).told();
        if (told < asked) {
            call.warn(
                    "requested expiration of %d seconds shortened to %d seconds"
                            .formatted(asked, told));
        }
        return told;
    }

    private Response answer(Call call, TokenRequest request, String token, long seconds) {
        var now = Times.seconds(registry.clock().now());
        var metadata = Edit.with(request.metadata(), ObjectMeta::creationTimestamp, now);
        var answer =
                Edit.of(request)
                        .set(TokenRequest::metadata, metadata)
                        .set(
                                TokenRequest::status,
                                new TokenRequestStatus(token, now.plusSeconds(seconds)))
                        .done();
        return Answers.of(call, 201, answer);
    }

    private static void checkNames(TokenRequest request, ServiceAccount account) {
        if (!request.name().isEmpty() && !request.name().equals(account.name())) {
            throw Errors.invalid(
                    "",
                    "",
                    "",
                    List.of(mismatch("name", request.name(), "must match service account name")));
        }
        if (!request.namespace().isEmpty() && !request.namespace().equals(account.namespace())) {
            throw Errors.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the"
                            + " request");
        }
    }

    private static FieldError mismatch(String field, String value, String why) {
        var errors = new FieldErrors();
        errors.at("metadata").at(field).invalid(value, why);
        return errors.all().getFirst();
    }

    private @Nullable Bound bound(
            ServiceAccount account, @Nullable BoundObjectReference reference) {
        if (reference == null) {
            return null;
        }
        if (!reference.apiVersion().equals("v1")) {
            throw notBindable(account, reference);
        }
        return switch (reference.kind()) {
            case "Pod" -> bound(Pod.class, account, reference);
            case "Secret" -> bound(Secret.class, account, reference);
            case "Node" -> bound(Node.class, account, reference);
            default -> throw notBindable(account, reference);
        };
    }

    private <T extends Resource> Bound bound(
            Class<T> type, ServiceAccount account, BoundObjectReference reference) {
        var kind = catalog.of(type);
        var namespace = kind.kind().namespaced() ? account.namespace() : "";
        var object = kind.object(registry.get(kind, namespace, reference.name()));
        if (!reference.uid().isEmpty() && !reference.uid().equals(object.uid())) {
            throw Errors.conflict(
                    "",
                    reference.kind(),
                    object.name(),
                    "the UID in the bound object reference ("
                            + reference.uid()
                            + ") does not match the UID in record. The object might have been"
                            + " deleted and then recreated");
        }
        if (object instanceof Pod pod && !pod.spec().serviceAccountName().equals(account.name())) {
            throw Errors.badRequest(
                    "cannot bind token for serviceaccount \""
                            + account.name()
                            + "\" to pod running with different serviceaccount name.");
        }
        return new Bound(reference.kind(), object.name(), object.uid());
    }

    private static ApiError notBindable(ServiceAccount account, BoundObjectReference reference) {
        var version = reference.apiVersion();
        var slash = version.indexOf('/');
        var group = slash < 0 ? "" : version.substring(0, slash);
        return Errors.badRequest(
                "cannot bind token for serviceaccount \""
                        + account.name()
                        + "\" to object of type "
                        + group
                        + "/"
                        + version.substring(slash + 1)
                        + ", Kind="
                        + reference.kind());
    }

    private static void check(long seconds) {
        var errors = new FieldErrors();
        var field = errors.at("spec").at("expirationSeconds");
        if (seconds < SECONDS_MIN) {
            field.invalid(seconds, "may not specify a duration less than 10 minutes");
        }
        if (seconds > SECONDS_MAX) {
            field.invalid(seconds, "may not specify a duration larger than 2^32 seconds");
        }
        if (!errors.isEmpty()) {
            throw Errors.invalid("authentication.k8s.io", "TokenRequest", "", errors.all());
        }
    }
}
