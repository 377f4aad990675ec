package io.coxswain.apiserver.audit;

import io.coxswain.api.meta.Status;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.Annotations.Detail;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.authentication.Authenticator;
import io.coxswain.apiserver.authorization.Attributes;
import io.coxswain.apiserver.filters.Failures;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.http.Response;

/// Writes down what the policy says about each request of a known caller, and about each that was
/// turned away because its caller is not known.
public final class AuditFilter implements Filter {

    private static final User NOBODY = User.of("");

    private final Audit audit;

    public AuditFilter(Audit audit) {
        this.audit = audit;
    }

    @Override
    public Response apply(Call call, Next next) {
        var verdict = audit.policy().verdict(Attributes.of(call.user(), call.info()));
        audit.count(verdict.level());
        if (verdict.level() == AuditLevel.NONE) {
            return next.handle(call);
        }
        var bodies = verdict.level().atLeast(AuditLevel.REQUEST);
        call.annotations().want(bodies ? Detail.BODIES : Detail.WHAT_HAPPENED);
        var trail = new Trail(audit, call, verdict, call.user());
        if (!trail.received()) {
            audit.reject();
            throw Errors.internal("failed to store audit event");
        }
        Response response;
        try {
            response = next.handle(call);
        } catch (RuntimeException | StackOverflowError failure) {
            trail.failed(Failures.status(failure), !Failures.expected(failure));
            throw failure;
        }
        return trail.answered(response);
    }

    /// A request whose credential is no good.
    public void unauthenticated(Call call) {
        var verdict = audit.policy().verdict(Attributes.of(NOBODY, call.info()));
        audit.count(verdict.level());
        if (verdict.level() == AuditLevel.NONE) {
            return;
        }
        var status =
                Edit.of(Status.class)
                        .set(Status::code, 401)
                        .set(Status::message, attempted(call))
                        .done();
        new Trail(audit, call, verdict, null).refused(status);
    }

    private static String attempted(Call call) {
        var request = call.request();
        if (Authenticator.bearerToken(request) != null) {
            return "Authentication failed, attempted: bearer";
        }
        return request.peer().attachment() == null
                ? "Authentication failed, no credentials provided"
                : "Authentication failed, attempted: x509";
    }
}
