package io.coxswain.api.authentication;

import java.util.List;
import java.util.Map;

public record UserInfo(
        String username, String uid, List<String> groups, Map<String, List<String>> extra) {}
