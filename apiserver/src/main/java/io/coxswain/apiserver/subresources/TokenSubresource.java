package io.coxswain.apiserver.subresources;

import io.coxswain.api.authentication.TokenRequest;
import io.coxswain.api.authentication.TokenRequest.BoundObjectReference;
import io.coxswain.api.authentication.TokenRequest.TokenRequestStatus;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.ServiceAccount;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.authentication.ServiceAccountTokens;
import io.coxswain.apiserver.authentication.ServiceAccountTokens.Bound;
import io.coxswain.apiserver.media.Answers;
import io.coxswain.apiserver.media.Received;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.apiserver.registry.Times;
import io.coxswain.http.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// `POST serviceaccounts/{name}/token`: issues a token for an account.
record TokenSubresource(Registry registry, Catalog catalog, ServiceAccountTokens tokens)
        implements Subresource {

    private static final long SECONDS_DEFAULT = 3600;
    private static final long SECONDS_MIN = 600;
    private static final long SECONDS_MAX = 1L << 32;

    @Override
    public Response handle(Call call, Served<?> kind) {
        var request = Received.record(call, TokenRequest.class);
        var info = call.info();
        var accounts = catalog.of(ServiceAccount.class);
        var account = accounts.object(registry.get(accounts, info.namespace(), info.name()));
        var asked = request.spec().expirationSeconds();
        var seconds = asked == null ? SECONDS_DEFAULT : asked;
        check(seconds);
        var audiences =
                request.spec().audiences().isEmpty()
                        ? tokens.defaultAudiences()
                        : request.spec().audiences();
        var token =
                tokens.issue(
                        account,
                        audiences,
                        Duration.ofSeconds(seconds),
                        bound(info.namespace(), request.spec().boundObjectRef()));
        var status =
                Edit.of(TokenRequestStatus.class)
                        .set(TokenRequestStatus::token, token)
                        .set(
                                TokenRequestStatus::expirationTimestamp,
                                Times.seconds(registry.clock().now().plusSeconds(seconds)))
                        .done();
        var spec =
                Edit.of(request.spec())
                        .set(TokenRequest.TokenRequestSpec::audiences, audiences)
                        .set(TokenRequest.TokenRequestSpec::expirationSeconds, seconds)
                        .done();
        var answer =
                Edit.of(request)
                        .set(TokenRequest::spec, spec)
                        .set(TokenRequest::status, status)
                        .done();
        return Answers.of(call, 201, answer);
    }

    private @Nullable Bound bound(String namespace, @Nullable BoundObjectReference reference) {
        if (reference == null) {
            return null;
        }
        if (!reference.kind().equals("Pod")) {
            return new Bound(reference.kind(), reference.name(), reference.uid());
        }
        var pods = catalog.of(Pod.class);
        var pod = pods.object(registry.get(pods, namespace, reference.name()));
        if (!reference.uid().isEmpty() && !reference.uid().equals(pod.uid())) {
            throw Errors.conflict(
                    "",
                    "pods",
                    pod.name(),
                    "the UID in the bound object reference ("
                            + reference.uid()
                            + ") does not match the UID in record. The object might have been"
                            + " deleted and then recreated");
        }
        return new Bound("Pod", pod.name(), pod.uid());
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
