package org.almosttls.config;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What TLS can do and this end does only if its caller asks for it, since each has been somebody's undoing. */
public record OnRequest(Set<Feature> features) {

    public static final OnRequest NOTHING = new OnRequest(Set.of());

    /** One of them; its word is its name in lower case. */
    public enum Feature {
        /** RFC 5746: a handshake within a connection. */
        RENEGOTIATION,
        /** RFC 3749: DEFLATE. */
        COMPRESSION,
        /** RFC 6520: a question that shows whether the peer is alive. */
        HEARTBEAT,
        /** RFC 8701: values that stand for nothing, so that peers stay used to them. */
        GREASE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public OnRequest {
        features = Set.copyOf(features);
    }

    public static OnRequest of(Feature... features) {
        return new OnRequest(Set.of(features));
    }

    /** Those whose word is asked for. */
    public static OnRequest of(Predicate<String> isAskedFor) {
        return new OnRequest(Arrays.stream(Feature.values())
                .filter(feature -> isAskedFor.test(feature.word()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Feature.class))));
    }

    public boolean has(Feature feature) {
        return features.contains(feature);
    }
}
