package dev.nofate.gate.ruleset;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What publishing a document would have said.
 *
 * @param ok whether the document would be published
 * @param name the ruleset's name; absent when refused
 * @param digest {@code sha256:} of the document's RFC 8785 form; absent when refused
 * @param problems every fault, as the refusal of a publication carries them
 */
@Schema(
    name = "RulesetCheck",
    example =
        """
        {"ok":false,"problems":[{"code":"UNDECLARED_FACT","pointer":"/rules/0/when",
         "rule":"within-limit","column":1,"observed":"proposal.amout is not declared"}]}""")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RulesetCheck(boolean ok, String name, String digest, List<RulesetFault> problems) {}
