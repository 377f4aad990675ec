package io.coxswain.apiserver.filters;

import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.http.Response;

/// Tells clients under which number their request is written down (`Audit-ID`). Who calls from this
/// process does not look.
final class AuditIdFilter implements Filter {

    @Override
    public Response apply(Call call, Next next) {
        var response = next.handle(call);
        if (call.request().peer().attachment() instanceof User) {
            return response;
        }
        var id = call.annotations().auditId(call.request());
        return response.withHeaders(headers -> headers.with("audit-id", id));
    }
}
