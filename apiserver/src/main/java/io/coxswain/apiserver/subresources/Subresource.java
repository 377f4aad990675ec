package io.coxswain.apiserver.subresources;

import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.http.Response;

/// Answers calls on one subresource of one kind.
@FunctionalInterface
public interface Subresource {

    Response handle(Call call, Served<?> kind);
}
