package io.coxswain.apiserver;

import io.coxswain.http.Headers;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import java.util.ArrayList;
import java.util.List;

/// One request on its way through the server, with what the filters have found out about it.
///
/// @param warnings texts for `Warning` headers; verbs and strategies add to it
/// @param annotations for the audit event of the request
public record Call(
        Request request,
        RequestInfo info,
        User user,
        List<String> warnings,
        Annotations annotations) {

    public static Call of(Request request) {
        return new Call(
                request,
                RequestInfo.of(request),
                User.ANONYMOUS,
                new ArrayList<>(),
                new Annotations());
    }

    public Call as(User other) {
        return new Call(request, info, other, warnings, annotations);
    }

    public Query query() {
        return request.query();
    }

    public void warn(String text) {
        if (!warnings.contains(text)) {
            warnings.add(text);
        }
    }

    /// The answer with the warnings collected so far (RFC 7234 `Warning: 299 - "text"`).
    public Response withWarnings(Response response) {
        if (warnings.isEmpty()) {
            return response;
        }
        return response.withHeaders(this::addWarnings);
    }

    private Headers addWarnings(Headers headers) {
        var all = headers;
        for (var text : warnings) {
            var quoted = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ");
            all = all.with("Warning", "299 - \"" + quoted + "\"");
        }
        return all;
    }
}
