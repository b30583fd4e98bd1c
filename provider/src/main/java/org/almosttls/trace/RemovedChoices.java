package org.almosttls.trace;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.almosttls.config.Removal;
import org.almosttls.config.Removal.Kind;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.message.ClientHello;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;

/**
 * Which rules at this end have removed what would have worked: what the peer offers or chose, as far as it told, and
 * this end could do but for a rule.
 */
record RemovedChoices(Role role, Said said) {

    private static final int MOST = 50;

    /** Trust managers say in words that an algorithm is not permitted, and which. */
    private static final List<String> WORDS_OF_CONSTRAINTS = List.of("disabled", "constraint");

    private static final Set<Kind> OF_NEGOTIATION =
            Set.of(Kind.VERSION, Kind.CIPHER_SUITE, Kind.GROUP, Kind.SIGNATURE_SCHEME);

    /** Those that the failure is about. */
    List<Removal> behind(Diagnosis failure, List<Removal> removals) {
        return removals.stream().filter(concerning(failure)).limit(MOST).toList();
    }

    private Predicate<Removal> concerning(Diagnosis failure) {
        return switch (failure.code()) {
            case "VERSION_NOT_SUPPORTED", "VERSION_NOT_OFFERED" -> wanted(Set.of(Kind.VERSION));
            case "NO_COMMON_SUITE", "SUITE_NOT_OFFERED" -> wanted(Set.of(Kind.CIPHER_SUITE));
            case "NO_COMMON_GROUP", "NO_COMMON_FIELD", "GROUP_NOT_OFFERED" -> wanted(Set.of(Kind.GROUP));
            case "NO_COMMON_SCHEME", "SCHEME_NOT_OFFERED" -> wanted(Set.of(Kind.SIGNATURE_SCHEME));
            case "NO_CREDENTIAL",
                    "RECEIVED_HANDSHAKE_FAILURE",
                    "RECEIVED_PROTOCOL_VERSION",
                    "RECEIVED_INSUFFICIENT_SECURITY" -> wanted(OF_NEGOTIATION);
            case "NOTHING_TO_OFFER" ->
                removal -> Set.of(Kind.VERSION, Kind.CIPHER_SUITE).contains(removal.kind());
            case "WEAK_FIELD" -> removal -> removal.kind() == Kind.FIELD_SIZE;
            case "CERTIFICATE_CHAIN_TOO_LONG" -> removal -> removal.kind() == Kind.CHAIN_LENGTH;
            default -> failure.code().startsWith("CERTIFICATE_") ? namedIn(failure.message()) : removal -> false;
        };
    }

    /** What the peer has said it would take; all of it while it has said nothing. */
    private Predicate<Removal> wanted(Set<Kind> kinds) {
        return removal -> kinds.contains(removal.kind())
                && (role == Role.SERVER
                        ? said.clientHello()
                                .filter(hello -> isOffered(removal, hello))
                                .isPresent()
                        : isChosen(removal));
    }

    private static boolean isOffered(Removal removal, ClientHello hello) {
        var offer = Offer.of(hello);
        return switch (removal.kind()) {
            case VERSION -> isOffered(removal.value(), hello);
            case CIPHER_SUITE ->
                hello.cipherSuites().stream().anyMatch(suite -> suite.name().equals(removal.value()));
            // RFC 8422 §5.1: who names no groups takes any.
            case GROUP -> offer.groups().isEmpty() || offer.groups().contains(removal.value());
            case SIGNATURE_SCHEME -> offer.signatureSchemes().contains(removal.value());
            case FIELD_SIZE, CHAIN_LENGTH, CERTIFICATE -> false;
        };
    }

    /** RFC 5246 §E.1: a hello without supported_versions offers all versions up to its own. */
    private static boolean isOffered(String version, ClientHello hello) {
        var listed = hello.extensions().find(SupportedVersions.class).map(SupportedVersions::versions);
        return listed.map(versions ->
                        versions.stream().anyMatch(each -> each.jsseName().equals(version)))
                .orElseGet(() -> isUpTo(hello.legacyVersion(), version));
    }

    private static boolean isUpTo(ProtocolVersion highest, String version) {
        return highest.isTls()
                && ProtocolVersion.named(version)
                        .filter(each -> each.isTls() && each.code() <= highest.code())
                        .isPresent();
    }

    /**
     * A server tells its choice and no more; one that has not come to that may have wanted anything, but then the
     * application knows what it has not listed.
     */
    private boolean isChosen(Removal removal) {
        var hello = said.serverHello();
        if (hello.isEmpty()) return !removal.isUnlisted();
        return switch (removal.kind()) {
            case VERSION ->
                said.version()
                        .filter(chosen -> chosen.jsseName().equals(removal.value()))
                        .isPresent();
            case CIPHER_SUITE -> hello.get().cipherSuite().name().equals(removal.value());
            case GROUP ->
                said.group()
                        .filter(chosen -> chosen.name().equals(removal.value()))
                        .isPresent();
            case SIGNATURE_SCHEME ->
                said.scheme()
                        .filter(chosen -> chosen.name().equals(removal.value()))
                        .isPresent();
            case FIELD_SIZE, CHAIN_LENGTH, CERTIFICATE -> false;
        };
    }

    /** As a word, or as the hash of a signature: {@code SHA1} is in {@code SHA1withRSA}. */
    private static boolean speaksOf(String algorithm, String words) {
        return Pattern.compile("(?<![a-z0-9])" + Pattern.quote(algorithm) + "(?![a-z0-9])|(?<![a-z0-9])"
                        + Pattern.quote(algorithm) + "with")
                .matcher(words)
                .find();
    }

    /** The rules that begin with an algorithm of which the refusal speaks. */
    private static Predicate<Removal> namedIn(Optional<String> message) {
        var words = message.orElse("").toLowerCase(Locale.ROOT);
        boolean ofConstraints = WORDS_OF_CONSTRAINTS.stream().anyMatch(words::contains);
        return removal -> ofConstraints
                && removal.kind() == Kind.CERTIFICATE
                && speaksOf(removal.value().split(" ")[0].toLowerCase(Locale.ROOT), words);
    }
}
