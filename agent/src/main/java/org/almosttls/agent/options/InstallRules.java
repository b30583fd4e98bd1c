package org.almosttls.agent.options;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * For whom our stack is installed.
 *
 * @param only if there are any, for those whom they name
 * @param except not for those whom they name
 */
public record InstallRules(Rules only, Rules except) {

    /** For everybody. */
    public static final InstallRules NONE = new InstallRules(Rules.NONE, Rules.NONE);

    static InstallRules from(GivenWords given) throws OptionRefused {
        return new InstallRules(rules(given, AgentOption.INSTALL_ONLY), rules(given, AgentOption.INSTALL_EXCEPT));
    }

    private static Rules rules(GivenWords given, AgentOption option) throws OptionRefused {
        if (!given.has(option)) return Rules.NONE;
        try {
            return Rules.of(given.value(option));
        } catch (IllegalArgumentException e) {
            throw new OptionRefused("bad rule \"" + e.getMessage() + "\" for " + given.named(option)
                    + "; it is a class, a package.*, a host, a host:port or *:port");
        }
    }

    public boolean areNone() {
        return only.areNone() && except.areNone();
    }

    /** Whether it matters which classes ask. */
    public boolean nameClasses() {
        return !only.classes().isEmpty() || !except.classes().isEmpty();
    }

    /** Whether connections with these ends, made on behalf of these classes, are to be ours. */
    public boolean areFor(Collection<String> callers, Collection<End> ends) {
        boolean wanted = only.areNone() || only.nameOneOf(callers) || only.nameAnEnd(ends);
        return wanted && !except.nameOneOf(callers) && !except.nameAnEnd(ends);
    }

    /** The same where it does not depend on the ends. */
    public Optional<Boolean> areForAll(Collection<String> callers) {
        boolean wanted = only.areNone() || only.nameOneOf(callers);
        if (except.nameOneOf(callers) || !wanted && only.ends().isEmpty()) return Optional.of(false);
        boolean endsMatter = !except.ends().isEmpty() || !wanted;
        return endsMatter ? Optional.empty() : Optional.of(areFor(callers, List.of()));
    }
}
