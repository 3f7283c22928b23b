"""The methods by the names that the file uses."""

from collections.abc import Callable
from typing import Any, Final

from tests.acceptance.judging import of_agreement, of_consultations, of_networks, of_shares
from tests.acceptance.judging.fields import Field

METHODS: Final[dict[str, Callable[[Field, Field], Any]]] = {
    "agreement_table": of_agreement.agreement_table,
    "agreement_unused_level": of_agreement.agreement_unused_level,
    "benjamini_hochberg": of_networks.benjamini_hochberg_of,
    "cochran_armitage": of_shares.cochran_armitage,
    "cochran_q": of_shares.cochran_q,
    "criterion_mix_expected": of_networks.criterion_mix_expected,
    "crosswalk_trend": of_shares.crosswalk_trend,
    "delphi_ipras": of_consultations.delphi_ipras,
    "delphi_stability": of_consultations.delphi_stability,
    "delphi_summary": of_consultations.delphi_summary,
    "funnel_flag_exact": of_networks.funnel_flag_exact,
    "funnel_limits_binomial_interpolated": of_networks.funnel_limits_binomial_interpolated,
    "funnel_limits_normal": of_networks.funnel_limits_normal,
    "funnel_overdispersion": of_networks.funnel_overdispersion,
    "independent_difference": of_shares.independent_difference,
    "kendall_w": of_consultations.kendall_w_of,
    "marginal_homogeneity": of_agreement.marginal_homogeneity,
    "paired_2x2": of_shares.paired_2x2,
    "paired_mean_score_difference": of_agreement.paired_mean_score_difference,
    "pairwise_severity": of_shares.pairwise_severity_of,
    "percentile_rank": of_networks.percentile_rank_of,
    "proportion_interval": of_shares.proportion_interval,
    "quantiles": of_networks.quantiles,
    "reliability_raw": of_agreement.reliability_raw,
    "self_peer_pairs": of_agreement.self_peer_pairs,
    "sign_test": of_shares.sign_test_of,
    "suppress_round5": of_networks.suppress_round5,
    "suppression_audit": of_networks.suppression_audit,
    "weighted_kappa_custom": of_agreement.weighted_kappa_custom,
}
