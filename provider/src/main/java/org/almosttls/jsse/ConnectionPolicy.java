package org.almosttls.jsse;

import java.math.BigInteger;
import java.security.AlgorithmConstraints;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import org.almosttls.config.Policy;
import org.almosttls.config.Removal;
import org.almosttls.config.Removal.Kind;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;
import org.almosttls.registry.SignatureScheme;

/**
 * What the platform's properties, the application's lists and its constraints have ruled out for one connection. Why
 * something is not left is found out only when somebody asks.
 */
final class ConnectionPolicy implements Policy {

    private static final String CERTIFICATES = "jdk.certpath.disabledAlgorithms";

    private static final int LONGEST_CHAIN = 100;

    private final Role role;
    private final Preferences preferences;
    private final SSLParameters chosen;
    private final Left left;

    /** What is not ruled out. */
    record Left(
            List<ProtocolVersion> versions,
            List<CipherSuite> suites,
            List<NamedGroup> groups,
            List<SignatureScheme> schemes) {}

    /** @param chosen by the application; null in it stands for the preferences */
    ConnectionPolicy(Role role, Preferences preferences, SSLParameters chosen, Left left) {
        this.role = role;
        this.preferences = preferences;
        this.chosen = SslParametersMapping.copy(chosen);
        this.left = left;
    }

    @Override
    public boolean permitsField(BigInteger p, BigInteger g, BigInteger publicValue) {
        return Constraints.of(chosen).permitField(p, g, publicValue);
    }

    /** Newer platforms have a property for each role; either is bounded here, for the sake of path building. */
    @Override
    public int mostCertificates() {
        int ofBoth = bounded("jdk.tls.maxCertificateChainLength", MOST_CERTIFICATES);
        return bounded(roleProperty("maxInboundCertificateChainLength"), ofBoth);
    }

    @Override
    public boolean permitsExtension(ExtensionType type) {
        return !Preferences.words(roleProperty("disableExtensions")).contains(type.name());
    }

    /** The property that makes {@link #mostCertificates} what it is. */
    private Optional<String> ruleAgainstMore() {
        return property(roleProperty("maxInboundCertificateChainLength"))
                .or(() -> property("jdk.tls.maxCertificateChainLength"));
    }

    private static int bounded(String property, int otherwise) {
        int wanted = Asked.number(property, otherwise);
        return wanted < 0 ? otherwise : Math.min(wanted, LONGEST_CHAIN);
    }

    @Override
    public List<Removal> removals() {
        var all = new ArrayList<Removal>();
        Supported.PROTOCOLS.stream()
                .filter(each -> !left.versions.contains(each))
                .forEach(each -> add(all, Kind.VERSION, each.jsseName(), ruleAgainst(each)));
        Supported.SUITES.stream()
                .filter(each -> !left.suites.contains(each))
                .forEach(each -> add(all, Kind.CIPHER_SUITE, each.name(), ruleAgainst(each)));
        Supported.GROUPS.stream()
                .filter(each -> !left.groups.contains(each))
                .forEach(each -> add(all, Kind.GROUP, each.name(), ruleAgainst(each)));
        SignatureNames.PREFERENCE.stream()
                .filter(each -> !left.schemes.contains(each))
                .forEach(each -> add(all, Kind.SIGNATURE_SCHEME, each.name(), ruleAgainst(each)));
        var fields = "finite fields of less than " + preferences.disabled().leastFieldBits() + " bits";
        add(all, Kind.FIELD_SIZE, fields, preferences.disabled().againstShorterFields());
        add(all, Kind.CHAIN_LENGTH, "chains of more than " + mostCertificates() + " certificates", ruleAgainstMore());
        certificateRules().forEach(rule -> all.add(new Removal(Kind.CERTIFICATE, entryOf(rule), rule)));
        return List.copyOf(all);
    }

    private static void add(List<Removal> all, Kind kind, String value, Optional<String> rule) {
        rule.ifPresent(known -> all.add(new Removal(kind, value, known)));
    }

    /** Either list is heeded by the platform's trust managers. */
    private Stream<String> certificateRules() {
        return Stream.of(
                        DisabledEntries.of(CERTIFICATES), preferences.disabled().entries())
                .flatMap(entries -> entries.rules().stream());
    }

    private static String entryOf(String rule) {
        return rule.substring(rule.indexOf(": ") + 2);
    }

    private Optional<String> ruleAgainst(ProtocolVersion version) {
        var name = version.jsseName();
        return preferences
                .disabled()
                .against(name)
                .or(() -> againstSignatures(version))
                .or(() -> unlisted(name, chosen.getProtocols(), preferences.protocols(role), "Protocols"))
                .or(() -> againstAllSuites(version));
    }

    /** A version of which no suite is left is none either. */
    private Optional<String> againstAllSuites(ProtocolVersion version) {
        var ofVersion = Supported.SUITES.stream()
                .filter(suite -> Supported.goTogether(version, suite))
                .toList();
        var rules =
                ofVersion.stream().flatMap(suite -> ruleAgainst(suite).stream()).toList();
        return isWanted(version) && rules.size() == ofVersion.size()
                ? rules.stream().findFirst()
                : Optional.empty();
    }

    private Optional<String> againstSignatures(ProtocolVersion version) {
        boolean signs = !version.equals(ProtocolVersion.TLS_1_1)
                || OldSignatures.areLeft(preferences.disabled(), left.schemes());
        if (signs || !isWanted(version)) return Optional.empty();
        return OldSignatures.against(preferences.disabled()).or(() -> ruleAgainst(SignatureScheme.RSA_PKCS1_SHA1));
    }

    private boolean isWanted(ProtocolVersion version) {
        var wishes = chosen.getProtocols();
        return (wishes == null ? preferences.protocols(role) : List.of(wishes)).contains(version.jsseName());
    }

    private Optional<String> ruleAgainst(CipherSuite suite) {
        var name = suite.name();
        return preferences
                .disabled()
                .against(suite)
                .or(() -> unlisted(name, chosen.getCipherSuites(), preferences.cipherSuites(role), "CipherSuites"));
    }

    /** A list of the application's replaces the platform's; where neither has left it out, constraints have. */
    private Optional<String> unlisted(String name, String[] wishes, List<String> preferred, String what) {
        if (wishes != null)
            return List.of(wishes).contains(name)
                    ? constraints(name)
                    : Optional.of(Removal.OWN_LIST + "setEnabled" + what);
        if (preferred.contains(name)) return constraints(name);
        return property(roleProperty(what.equals("Protocols") ? "protocols" : "cipherSuites"));
    }

    private Optional<String> ruleAgainst(NamedGroup group) {
        return preferences
                .disabled()
                .against(group)
                .or(() -> preferences.fields().ruleAgainst(group, role))
                .or(() ->
                        unlisted(group, preferences.groups(role), NewerParameter.NAMED_GROUPS, "jdk.tls.namedGroups"));
    }

    private Optional<String> ruleAgainst(SignatureScheme scheme) {
        return preferences
                .disabled()
                .against(scheme)
                .or(() -> unlisted(
                        scheme,
                        preferences.schemes(role),
                        NewerParameter.SIGNATURE_SCHEMES,
                        roleProperty("SignatureSchemes")));
    }

    /** Here a list of the application's can only take away from the platform's. */
    private <T> Optional<String> unlisted(T value, List<T> preferred, NewerParameter wishes, String property) {
        if (!preferred.contains(value)) return property(property);
        Function<List<String>, Boolean> names = list -> list.stream().anyMatch(value.toString()::equalsIgnoreCase);
        boolean wished = wishes.of(chosen).map(names).orElse(true);
        return wished ? constraints() : Optional.of(Removal.OWN_LIST + "SSLParameters." + wishes.setterName());
    }

    private Optional<String> constraints(String name) {
        return Constraints.of(chosen).permit(name) ? Optional.empty() : constraints();
    }

    private Optional<String> constraints() {
        return Optional.ofNullable(chosen.getAlgorithmConstraints())
                .map(AlgorithmConstraints::getClass)
                .map(type -> "SSLParameters.setAlgorithmConstraints (" + type.getName() + ")");
    }

    private String roleProperty(String word) {
        return "jdk.tls." + role.name().toLowerCase(Locale.ROOT) + "." + word;
    }

    private static Optional<String> property(String name) {
        return Optional.ofNullable(Asked.property(name))
                .filter(value -> !value.isBlank())
                .map(value -> name + ": " + value);
    }
}
