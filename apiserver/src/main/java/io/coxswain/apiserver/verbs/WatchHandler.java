package io.coxswain.apiserver.verbs;

import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.media.Messages;
import io.coxswain.apiserver.media.Negotiation;
import io.coxswain.base.Clock;
import io.coxswain.http.Headers;
import io.coxswain.http.Response;
import io.coxswain.http.stream.WebSockets;
import io.coxswain.storage.CompactedException;
import io.coxswain.storage.FutureRevisionException;
import io.coxswain.storage.Snapshot;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Serves watches. From the moment the parameters make sense the answer is 200, and what goes wrong
/// later, a compacted revision for example, is an ERROR event.
///
/// @param timeoutMin without `timeoutSeconds`, a watch lasts between this long and twice as long
record WatchHandler(Clock clock, Duration timeoutMin, Messages messages, FrameCache cache)
        implements VerbHandler {

    @Override
    public <T> Response handle(ResourceCall<T> call) {
        var selection = Selection.of(call);
        var wanted = Negotiation.stream(call.call(), call.kind().kind().type() != null);
        var frames = new WatchFrames(wanted, messages, cache);
        var start = start(call);
        Response.Producer producer =
                switch (start) {
                    case Start.From from ->
                            new WatchStream<>(call, selection, frames, from, timeout(call), clock);
                    case Start.Refused(var error) -> error(frames, error);
                };
        var request = call.call().request();
        if (WebSockets.asked(request)) {
            return WatchSocket.accept(request, wanted.mediaType(), producer);
        }
        return new Response.Streaming(
                200,
                Headers.of("content-type", String.valueOf(wanted.mediaType().stream())),
                producer);
    }

    /// Where a watch begins.
    sealed interface Start {
        /// @param initial whose objects are sent as ADDED first; empty for none
        record From(long revision, Initial initial) implements Start {}

        record Refused(ApiError error) implements Start {}
    }

    /// The synthetic ADDED events a watch begins with.
    ///
    /// @param announced whether a bookmark says that they are complete
    record Initial(@Nullable Snapshot objects, boolean announced) {
        static final Initial NONE = new Initial(null, false);
    }

    private static Start start(ResourceCall<?> call) {
        var store = call.registry().store();
        var version = Revisions.text(call, "resourceVersion");
        var streams = call.query().flag("sendInitialEvents");
        Revisions.checkWatch(call);
        var snapshot = version.isEmpty() ? store.fresh() : store.snapshot();
        if (version.isEmpty() || version.equals("0") || streams) {
            if (!version.isEmpty()) {
                var wanted = Revisions.parseWatched(version);
                var reached = Freshness.await(call, wanted);
                if (Freshness.behind(reached, wanted)) {
                    return new Start.Refused(Revisions.tooLarge(wanted, reached));
                }
                snapshot = store.snapshot();
            }
            var quiet = call.query().first("sendInitialEvents") != null && !streams;
            var announced = streams && call.query().flag("allowWatchBookmarks");
            return new Start.From(
                    snapshot.revision(), quiet ? Initial.NONE : new Initial(snapshot, announced));
        }
        var revision = Revisions.parseWatched(version);
        try {
            store.watch(call.kind().resource(), revision, () -> {}).close();
        } catch (CompactedException e) {
            return new Start.Refused(
                    Errors.expired(
                            "too old resource version: "
                                    + revision
                                    + " ("
                                    + e.compactedRevision()
                                    + ")"));
        } catch (FutureRevisionException e) {
            // Nothing until then: a client that saw a newer server need not start over.
            return new Start.From(revision, Initial.NONE);
        }
        return new Start.From(revision, Initial.NONE);
    }

    private Duration timeout(ResourceCall<?> call) {
        var text = call.query().first("timeoutSeconds");
        if (text != null && !text.isEmpty()) {
            try {
                var seconds = Long.parseLong(text);
                if (seconds > 0) {
                    return Duration.ofSeconds(seconds);
                }
            } catch (NumberFormatException e) {
                throw Errors.badRequest(
                        "strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
            }
        }
        var extra = (long) (timeoutMin.toMillis() * ThreadLocalRandom.current().nextDouble());
        return timeoutMin.plusMillis(extra);
    }

    private static Response.Producer error(WatchFrames frames, ApiError error) {
        return sink -> {
            sink.write(frames.error(error));
            sink.flush();
        };
    }
}
