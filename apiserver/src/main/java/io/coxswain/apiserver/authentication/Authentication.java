package io.coxswain.apiserver.authentication;

import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.authentication.TokenAuthenticator.Accepted;
import io.coxswain.apiserver.authentication.TokenAuthenticator.Refused;
import io.coxswain.apiserver.authentication.TokenAuthenticator.Unknown;
import io.coxswain.apiserver.authentication.TokenAuthenticator.Verdict;
import io.coxswain.http.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Everything this server recognises callers by, in the order in which it is tried.
///
/// @param requests what is told by the connection or by headers of a front proxy
/// @param tokens who knows bearer tokens
public record Authentication(
        List<Authenticator> requests,
        List<TokenAuthenticator> tokens,
        Supplier<Anonymous> anonymous) {

    /// Who is calling, if anybody that is known here.
    public sealed interface Caller {}

    public record Known(User user) implements Caller {}

    /// There is no credential at all.
    public record Stranger() implements Caller {}

    /// There is one, and it is no good.
    public record Impostor() implements Caller {}

    private static final Caller STRANGER = new Stranger();
    private static final Caller IMPOSTOR = new Impostor();

    public Caller caller(Call call) {
        var request = call.request();
        for (var authenticator : requests) {
            var user = authenticator.authenticate(request);
            if (user != null) {
                return new Known(member(user));
            }
        }
        var token = Authenticator.bearerToken(request);
        if (token == null) {
            return request.peer().attachment() instanceof Peer.Untrusted ? IMPOSTOR : STRANGER;
        }
        if (!(verify(token, List.of(), new ArrayList<>()) instanceof Accepted accepted)) {
            return IMPOSTOR;
        }
        accepted.annotations().forEach(call.annotations()::put);
        accepted.warnings().forEach(call::warn);
        return new Known(member(accepted.user()));
    }

    /// What the authenticators say about a token; each that knows it and does not want it adds why
    /// to `problems`.
    public Verdict verify(String token, List<String> audiences, List<String> problems) {
        for (var authenticator : tokens) {
            switch (authenticator.verify(token, audiences)) {
                case Accepted accepted -> {
                    return accepted;
                }
                case Refused(var why) -> problems.add(why);
                case Unknown unknown -> {}
            }
        }
        return TokenAuthenticator.UNKNOWN;
    }

    /// Whoever is known is a member of `system:authenticated`.
    public static User member(User user) {
        if (user.groups().contains(User.AUTHENTICATED)
                || user.groups().contains(User.UNAUTHENTICATED)) {
            return user;
        }
        var groups = new ArrayList<>(user.groups());
        groups.add(User.AUTHENTICATED);
        return new User(user.name(), user.uid(), List.copyOf(groups), user.extra());
    }
}
