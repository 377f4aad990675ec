package io.coxswain.apiserver.authorization;

import io.coxswain.apiserver.User;
import io.coxswain.apiserver.metrics.Exposition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// Asks several authorizers in order; the first that allows or denies decides. Members of
/// `system:masters` are let in before anybody is asked.
public final class Union implements Authorizer {

    private static final Allowed ALLOWED = new Allowed("");

    /// One of them, as configurations and metrics name it.
    public record Named(String type, String name, Authorizer authorizer) {}

    private record Counted(Named named, LongAdder allowed, LongAdder denied) {}

    private final List<Counted> authorizers;

    public Union(List<Named> authorizers) {
        this.authorizers =
                authorizers.stream()
                        .map(named -> new Counted(named, new LongAdder(), new LongAdder()))
                        .toList();
    }

    @Override
    public Decision authorize(Attributes attributes) {
        if (attributes.user().groups().contains(User.MASTERS)) {
            return ALLOWED;
        }
        var reason = "";
        var error = "";
        for (var one : authorizers) {
            switch (one.named().authorizer().authorize(attributes)) {
                case Allowed allowed -> {
                    one.allowed().increment();
                    return allowed;
                }
                case Denied denied -> {
                    one.denied().increment();
                    return denied;
                }
                case NoOpinion(var why, var wrong) -> {
                    reason = joined(reason, why, "\n");
                    error = joined(error, wrong, ", ");
                }
            }
        }
        return new NoOpinion(reason, error);
    }

    private static String joined(String one, String other, String between) {
        return one.isEmpty() ? other : other.isEmpty() ? one : one + between + other;
    }

    @Override
    public String unlisted(User user) {
        var all = new ArrayList<String>();
        for (var one : authorizers) {
            var gap = Objects.requireNonNull(one.named().authorizer().unlisted(user));
            if (!gap.isEmpty()) {
                all.add(gap);
            }
        }
        return all.size() > 1 ? "[" + String.join(", ", all) + "]" : String.join("", all);
    }

    public void write(Exposition out) {
        var name = "apiserver_authorization_decisions_total";
        out.family(name, "counter", "Decisions by the authorizer that made them");
        for (var one : authorizers) {
            var who = "name=\"" + one.named().name() + "\",type=\"" + one.named().type() + "\"";
            out.sample(name, "decision=\"allowed\"," + who, one.allowed().sum());
            out.sample(name, "decision=\"denied\"," + who, one.denied().sum());
        }
    }
}
