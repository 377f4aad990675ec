package io.coxswain.http.netty;

import io.coxswain.http.Duplex;
import io.coxswain.http.Exchange;
import io.coxswain.http.Request;
import io.coxswain.http.UnprocessedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One request on its way through a client connection.
final class Call {

    /// The server has certainly not acted on the request, so it may be sent again.
    static final class NotProcessed extends UnprocessedException {
        NotProcessed(String message) {
            super(message);
        }
    }

    private final Request request;
    private final boolean upgrade;
    private final CompletableFuture<Exchange> answer = new CompletableFuture<>();
    private volatile @Nullable Runnable cancel;
    private volatile @Nullable Duplex connection;

    Call(Request request, boolean upgrade) {
        this.request = request;
        this.upgrade = upgrade;
    }

    Request request() {
        return request;
    }

    boolean upgrade() {
        return upgrade;
    }

    void onCancel(Runnable action) {
        cancel = action;
        if (answer.isDone() && answer.isCompletedExceptionally()) {
            action.run();
        }
    }

    /// The head of the response is here. False when nobody waits for it any more.
    boolean answer(Exchange exchange) {
        return answer.complete(exchange);
    }

    boolean switched(Exchange exchange, Duplex taken) {
        connection = taken;
        return answer.complete(exchange);
    }

    @Nullable Duplex connection() {
        return connection;
    }

    void fail(IOException reason) {
        answer.completeExceptionally(reason);
    }

    Exchange await(Duration timeout) throws IOException {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            var cause = e.getCause();
            if (cause instanceof NotProcessed notProcessed) {
                throw notProcessed;
            }
            throw new IOException(cause == null ? null : cause.getMessage(), cause);
        } catch (TimeoutException e) {
            giveUp();
            throw new IOException(
                    "no answer to "
                            + request.method()
                            + " "
                            + request.path()
                            + " within "
                            + timeout.toSeconds()
                            + " s",
                    e);
        } catch (InterruptedException e) {
            giveUp();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for an answer");
        }
    }

    private void giveUp() {
        answer.completeExceptionally(new IOException("the request was given up"));
        var action = cancel;
        if (action != null) {
            action.run();
        }
    }
}
