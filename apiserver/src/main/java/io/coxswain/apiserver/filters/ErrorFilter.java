package io.coxswain.apiserver.filters;

import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.media.Answers;
import io.coxswain.http.Response;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.StoreRefusedException;
import io.coxswain.storage.StoreTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns whatever is thrown further in into a `Status`, and adds the warnings of the call.
final class ErrorFilter implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorFilter.class);

    @Override
    public Response apply(Call call, Next next) {
        try {
            return call.withWarnings(next.handle(call));
        } catch (RuntimeException | StackOverflowError failure) {
            log(call, failure);
            var answer = Answers.error(call, Failures.status(failure));
            return Failures.expected(failure) ? call.withWarnings(answer) : answer;
        }
    }

    private static void log(Call call, Throwable failure) {
        var verb = call.info().verb();
        var path = call.info().path();
        if (failure instanceof StoreTimeoutException || failure instanceof StoreRefusedException) {
            LOG.warn("{} {}: {}", verb, path, failure.getMessage());
        } else if (!Failures.expected(failure)) {
            var where = failure instanceof StoreException ? " in the store" : "";
            LOG.error("{} {} failed{}", verb, path, where, failure);
        }
    }
}
