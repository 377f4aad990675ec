package io.coxswain.apiserver.filters;

import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.authorization.Attributes;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.apiserver.authorization.Authorizer.Allowed;
import io.coxswain.http.Headers;
import io.coxswain.http.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Lets a caller act as somebody else (`Impersonate-User`, `-Group`, `-Uid`, `-Extra-…`), if it may
/// `impersonate` every part of that identity.
record ImpersonationFilter(Authorizer authorizer) implements Filter {

    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";
    private static final String EXTRA = "impersonate-extra-";

    @Override
    public Response apply(Call call, Next next) {
        var headers = call.request().headers();
        var name = headers.first("impersonate-user");
        var groups = headers.all("impersonate-group");
        var uid = headers.first("impersonate-uid");
        var extra = extra(headers);
        if (name == null) {
            if (!groups.isEmpty() || uid != null || !extra.isEmpty()) {
                throw Errors.badRequest(
                        "requested "
                                + text(uid == null ? "" : uid, groups, extra)
                                + " without impersonating a user name");
            }
            return next.handle(call);
        }
        checkUser(call, name);
        groups.forEach(group -> check(call, "", "", "groups", "", group));
        if (uid != null) {
            check(call, "authentication.k8s.io", "", "uids", "", uid);
        }
        extra.forEach((key, values) ->
                values.forEach(value ->
                        check(call, "authentication.k8s.io", "", "userextras", key, value)));
        var user = assumed(name, uid == null ? "" : uid, groups, extra);
        call.annotations().impersonated(user);
        return next.handle(call.as(user));
    }

    private void checkUser(Call call, String name) {
        var parts = name.split(":", -1);
        if (name.startsWith(SERVICE_ACCOUNT) && parts.length == 4) {
            check(call, "", parts[2], "serviceaccounts", "", parts[3]);
            return;
        }
        check(call, "", "", "users", "", name);
    }

    private void check(
            Call call, String group, String namespace, String resource, String sub, String name) {
        var attributes = Attributes.impersonate(call.user(), group, namespace, resource, sub, name);
        if (!(authorizer.authorize(attributes) instanceof Allowed)) {
            var full = sub.isEmpty() ? resource : resource + "/" + sub;
            throw Errors.forbidden(group, full, name, attributes.refusal(""));
        }
    }

    private static User assumed(
            String name, String uid, List<String> groups, Map<String, List<String>> extra) {
        var all = new ArrayList<>(groups);
        var parts = name.split(":", -1);
        if (name.startsWith(SERVICE_ACCOUNT) && parts.length == 4 && groups.isEmpty()) {
            all.add("system:serviceaccounts");
            all.add("system:serviceaccounts:" + parts[2]);
        }
        var own = name.equals(User.ANONYMOUS.name()) ? User.UNAUTHENTICATED : User.AUTHENTICATED;
        if (!all.contains(User.AUTHENTICATED) && !all.contains(User.UNAUTHENTICATED)) {
            all.add(own);
        }
        return new User(name, uid, List.copyOf(all), extra);
    }

    private static Map<String, List<String>> extra(Headers headers) {
        var extra = new LinkedHashMap<String, List<String>>();
        headers.asMap()
                .forEach((name, values) -> {
                    if (name.startsWith(EXTRA)) {
                        var key = name.substring(EXTRA.length());
                        extra.put(URLDecoder.decode(key, StandardCharsets.UTF_8), values);
                    }
                });
        return extra;
    }

    /// As Go prints the identity.
    private static String text(String uid, List<String> groups, Map<String, List<String>> extra) {
        var keys =
                extra.entrySet().stream()
                        .map(entry -> "\"" + entry.getKey() + "\":" + texts(entry.getValue()))
                        .sorted()
                        .toList();
        return "&user.DefaultInfo{Name:\"\", UID:\""
                + uid
                + "\", Groups:"
                + texts(groups)
                + ", Extra:map[string][]string"
                + (keys.isEmpty() ? "(nil)" : "{" + String.join(", ", keys) + "}")
                + "}";
    }

    private static String texts(List<String> texts) {
        return texts.isEmpty()
                ? "[]string(nil)"
                : texts.stream()
                        .map(text -> "\"" + text + "\"")
                        .collect(Collectors.joining(", ", "[]string{", "}"));
    }
}
