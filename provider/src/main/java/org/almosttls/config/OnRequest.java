package org.almosttls.config;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What TLS can do and this end does only if its caller asks for it, since each has been somebody's undoing.
 *
 * @param heartbeatInterval how long a peer may be silent before it is asked by a heartbeat (RFC 6520 §5.2); none: never
 * @param paddingBlock of how many octets that which a record of TLS 1.3 encrypts is a multiple (RFC 8446 §5.4)
 * @param reload whether key and trust stores are read again when their files change
 */
public record OnRequest(
        Set<Feature> features, Optional<Duration> heartbeatInterval, int paddingBlock, Optional<Reload> reload) {

    public static final OnRequest NOTHING = of();

    /** The word for how records are padded: {@code none}, such a number of octets as {@code 512}, or {@code max}. */
    public static final String RECORD_PADDING = "record_padding";

    /** Of one octet all is a multiple. */
    private static final int NO_PADDING = 1;

    /** RFC 8446 §5.2: as much as a record can encrypt, content and the octet of its type. */
    private static final int MOST_PADDING = RecordSizes.MAX_PLAINTEXT + 1;

    private static final String CRIME =
            "compression=true: whoever sees how long records are and can have an end send words"
                    + " of theirs can guess what goes with them (CRIME). It is for learning, and left out where HTTP is spoken.";

    private static final Pattern INTERVAL = Pattern.compile("([1-9][0-9]{0,4})([sm])");
    private static final Pattern BLOCK = Pattern.compile("[1-9][0-9]{0,4}");

    /** One of them; its word is its name in lower case. */
    public enum Feature {
        /** RFC 5746: a handshake within a connection. */
        RENEGOTIATION,
        /** RFC 3749: DEFLATE. */
        COMPRESSION,
        /** RFC 6520: a question that shows whether the peer is alive. */
        HEARTBEAT,
        /** RFC 8701: values that stand for nothing, so that peers stay used to them. */
        GREASE,
        /** RFC 8446 §4.2.6: a client that can be asked who it is at any time, also amid data. */
        POST_HANDSHAKE_AUTH,
        /** RFC 8446 §4.2: a client's extensions in another order in each hello. */
        PERMUTE_EXTENSIONS;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public OnRequest {
        features = Set.copyOf(features);
    }

    public static OnRequest of(Feature... features) {
        return new OnRequest(Set.of(features), Optional.empty(), NO_PADDING, Optional.empty());
    }

    /** The same with records that are padded. */
    public OnRequest padding(int block) {
        return new OnRequest(features, heartbeatInterval, block, reload);
    }

    /**
     * Those whose word is asked for.
     *
     * @param values what is said of a word: {@code true}, or for heartbeats an interval such as {@code 30s} or {@code 5m},
     *     or for records how they are padded
     */
    public static OnRequest of(Function<String, Optional<String>> values) {
        var interval = values.apply(Feature.HEARTBEAT.word()).flatMap(OnRequest::interval);
        var features = EnumSet.noneOf(Feature.class);
        for (var feature : Feature.values())
            if (values.apply(feature.word()).filter("true"::equals).isPresent()) features.add(feature);
        if (interval.isPresent()) features.add(Feature.HEARTBEAT);
        var block = values.apply(RECORD_PADDING).flatMap(OnRequest::block);
        return new OnRequest(features, interval, block.orElse(NO_PADDING), Reload.of(values));
    }

    private static Optional<Integer> block(String value) {
        if (value.equals("max")) return Optional.of(MOST_PADDING);
        return BLOCK.matcher(value).matches()
                ? Optional.of(Integer.parseInt(value)).filter(octets -> octets <= RecordSizes.MAX_PLAINTEXT)
                : Optional.empty();
    }

    static Optional<Duration> interval(String value) {
        var parts = INTERVAL.matcher(value);
        if (!parts.matches()) return Optional.empty();
        long count = Long.parseLong(parts.group(1));
        return Optional.of(parts.group(2).equals("s") ? Duration.ofSeconds(count) : Duration.ofMinutes(count));
    }

    /** The same without it. */
    public OnRequest without(Feature feature) {
        var fewer = features.stream().filter(each -> each != feature).collect(Collectors.toSet());
        return new OnRequest(fewer, heartbeatInterval, paddingBlock, reload);
    }

    /** What whoever asked for this should have heard once. */
    public Optional<String> warning() {
        return has(Feature.COMPRESSION) ? Optional.of(CRIME) : Optional.empty();
    }

    public boolean has(Feature feature) {
        return features.contains(feature);
    }
}
