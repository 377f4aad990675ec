package io.coxswain.api.flowcontrol;

import io.coxswain.api.flowcontrol.PriorityLevelConfiguration.ExemptPriorityLevelConfiguration;
import io.coxswain.api.flowcontrol.PriorityLevelConfiguration.LimitResponse;
import io.coxswain.api.flowcontrol.PriorityLevelConfiguration.LimitedPriorityLevelConfiguration;
import io.coxswain.api.flowcontrol.PriorityLevelConfiguration.QueuingConfiguration;
import io.coxswain.api.schema.FieldErrors;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of priority levels.
final class PriorityLevelRules {

    private static final String EXEMPT = "Exempt";
    private static final int QUEUES_MAX = 10_000_000;

    /// A hand is dealt from a hash of this many bits.
    private static final int HASH_BITS = 60;

    private PriorityLevelRules() {}

    static void check(PriorityLevelConfiguration level, FieldErrors all) {
        var spec = level.spec();
        var errors = all.at("spec");
        if (level.name().equals("exempt") != spec.type().equals(EXEMPT)) {
            errors.at("type")
                    .invalid(
                            spec.type(), "type must be 'Exempt' if and only if name is 'exempt'");
        }
        switch (spec.type()) {
            case EXEMPT -> {
                if (spec.limited() != null) {
                    errors.at("limited").forbidden("must be nil if the type is not Limited");
                }
                exempt(spec.exempt(), errors.at("exempt"));
            }
            case "Limited" -> {
                if (spec.exempt() != null) {
                    errors.at("exempt").forbidden("must be nil if the type is Limited");
                }
                limited(spec.limited(), errors.at("limited"));
            }
            default -> errors.at("type").notSupported(spec.type(), List.of(EXEMPT, "Limited"));
        }
        status(level, all.at("status").at("conditions"));
    }

    static void status(PriorityLevelConfiguration level, FieldErrors errors) {
        var seen = new HashSet<String>();
        for (var i = 0; i < level.status().conditions().size(); i++) {
            var type = level.status().conditions().get(i).type();
            if (!seen.add(type)) {
                errors.at(i).at("type").duplicate(type);
            }
            if (type.isEmpty()) {
                errors.at(i).at("type").required("must not be empty");
            }
        }
    }

    private static void exempt(
            @Nullable ExemptPriorityLevelConfiguration exempt, FieldErrors errors) {
        if (exempt == null) {
            return;
        }
        shares(exempt.nominalConcurrencyShares(), errors.at("nominalConcurrencyShares"));
        percent(exempt.lendablePercent(), errors.at("lendablePercent"));
    }

    private static void limited(
            @Nullable LimitedPriorityLevelConfiguration limited, FieldErrors errors) {
        if (limited == null) {
            errors.required("must not be empty when type is Limited");
            return;
        }
        shares(limited.nominalConcurrencyShares(), errors.at("nominalConcurrencyShares"));
        response(limited.limitResponse(), errors.at("limitResponse"));
        percent(limited.lendablePercent(), errors.at("lendablePercent"));
        var borrowing = limited.borrowingLimitPercent();
        if (borrowing != null && borrowing < 0) {
            errors.at("borrowingLimitPercent")
                    .invalid(borrowing, "if specified, must be a non-negative integer");
        }
    }

    private static void shares(@Nullable Integer shares, FieldErrors errors) {
        if (shares != null && shares < 0) {
            errors.invalid(shares, "must be a non-negative integer");
        }
    }

    private static void percent(@Nullable Integer percent, FieldErrors errors) {
        if (percent != null && (percent < 0 || percent > 100)) {
            errors.invalid(percent, "must be between 0 and 100, inclusive");
        }
    }

    private static void response(LimitResponse response, FieldErrors errors) {
        var queuing = response.queuing();
        var at = errors.at("queuing");
        switch (response.type()) {
            case "Reject" -> {
                if (queuing != null) {
                    at.forbidden("must be nil if limited.limitResponse.type is not Limited");
                }
            }
            case "Queue" -> {
                if (queuing == null) {
                    at.required("must not be empty if limited.limitResponse.type is Limited");
                } else {
                    queuing(queuing, at);
                }
            }
            default ->
                    errors.at("type").notSupported(response.type(), List.of("Queue", "Reject"));
        }
    }

    private static void queuing(QueuingConfiguration queuing, FieldErrors errors) {
        var queues = queuing.queues();
        var hand = queuing.handSize();
        if (queuing.queueLengthLimit() <= 0) {
            errors.at("queueLengthLimit").invalid(queuing.queueLengthLimit(), "must be positive");
        }
        if (queues <= 0) {
            errors.at("queues").invalid(queues, "must be positive");
        } else if (queues > QUEUES_MAX) {
            errors.at("queues").invalid(queues, "must not be greater than " + QUEUES_MAX);
        }
        var at = errors.at("handSize");
        if (hand <= 0) {
            at.invalid(hand, "must be positive");
        } else if (hand > queues) {
            at.invalid(hand, "should not be greater than queues (" + queues + ")");
        } else if (entropy(queues, hand) > HASH_BITS) {
            at.invalid(
                    hand,
                    "required entropy bits of deckSize "
                            + queues
                            + " and handSize "
                            + hand
                            + " should not be greater than "
                            + HASH_BITS);
        }
    }

    /// How many bits it takes to deal a hand.
    private static int entropy(int deck, int hand) {
        return (int) Math.ceil(Math.log(deck) / Math.log(2) * hand);
    }
}
