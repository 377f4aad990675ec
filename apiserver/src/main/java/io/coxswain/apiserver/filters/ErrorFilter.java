package io.coxswain.apiserver.filters;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.media.Answers;
import io.coxswain.http.BodyTooLargeException;
import io.coxswain.http.Response;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.StoreRefusedException;
import io.coxswain.storage.StoreTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns whatever is thrown further in into a `Status`, and adds the warnings of the call.
final class ErrorFilter implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorFilter.class);
    private static final String TIMEOUT =
            "Timeout: request did not complete within the allotted timeout";

    @Override
    public Response apply(Call call, Next next) {
        try {
            return call.withWarnings(next.handle(call));
        } catch (ApiError error) {
            return answer(call, error);
        } catch (BodyTooLargeException tooLarge) {
            return answer(call, Errors.tooLarge(String.valueOf(tooLarge.getMessage())));
        } catch (DecodeError unreadable) {
            return answer(call, Errors.badRequest(String.valueOf(unreadable.getMessage())));
        } catch (StoreTimeoutException late) {
            LOG.warn("{} {}: {}", call.info().verb(), call.info().path(), late.getMessage());
            return answer(call, Errors.of(504, "Timeout", TIMEOUT, null));
        } catch (StoreRefusedException refusal) {
            LOG.warn("{} {}: {}", call.info().verb(), call.info().path(), refusal.getMessage());
            return answer(call, Errors.of(500, "", String.valueOf(refusal.getMessage()), null));
        } catch (StoreException broken) {
            LOG.error("{} {} failed in the store", call.info().verb(), call.info().path(), broken);
            return Answers.error(
                    call, Errors.internal(String.valueOf(broken.getMessage())).status());
        } catch (RuntimeException | StackOverflowError fault) {
            LOG.error("{} {} failed", call.info().verb(), call.info().path(), fault);
            return Answers.error(
                    call, Errors.internal(String.valueOf(fault.getMessage())).status());
        }
    }

    private static Response answer(Call call, ApiError error) {
        return call.withWarnings(Answers.error(call, error.status()));
    }
}
