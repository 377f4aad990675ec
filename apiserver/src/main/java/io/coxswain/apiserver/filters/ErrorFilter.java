package io.coxswain.apiserver.filters;

import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.media.Answers;
import io.coxswain.http.Response;
import io.coxswain.storage.StoreException;
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
            var answer = Answers.error(call, Failures.status(failure));
            if (Failures.expected(failure)) {
                return call.withWarnings(answer);
            }
            var where = failure instanceof StoreException ? " in the store" : "";
            LOG.error("{} {} failed{}", call.info().verb(), call.info().path(), where, failure);
            return answer;
        }
    }
}
