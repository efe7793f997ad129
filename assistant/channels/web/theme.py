"""The look of the page as Gradio's theme: KRDS colours and system fonts, no web fonts."""

from types import ModuleType
from typing import Any

FONTS = (
    "Pretendard GOV",
    "Pretendard",
    "Noto Sans KR",
    "Noto Sans CJK KR",
    "NanumGothic",
    "Malgun Gothic",
    "sans-serif",
)
MONOSPACE = ("D2Coding", "NanumGothicCoding", "monospace")


def theme(gradio: ModuleType) -> Any:
    """A Gradio theme. Colours: KRDS (krds.go.kr) scales; `theme.css` has the rest."""
    base = gradio.themes.Base(
        font=list(FONTS),
        font_mono=list(MONOSPACE),
        radius_size=gradio.themes.sizes.radius_sm,
        spacing_size=gradio.themes.sizes.spacing_sm,
    )
    return base.set(
        body_background_fill="#f4f5f6",
        body_background_fill_dark="#131416",
        body_text_color="#1e2124",
        body_text_color_dark="#e6e8ea",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        input_background_fill="#ffffff",
        input_background_fill_dark="#1e2124",
        input_border_color="#58616a",
        input_border_color_dark="#8a949e",
        input_border_color_focus="#256ef4",
        input_border_color_focus_dark="#86aff9",
        button_primary_background_fill="#256ef4",
        button_primary_background_fill_dark="#256ef4",
        button_primary_background_fill_hover="#0b50d0",
        button_primary_background_fill_hover_dark="#0b50d0",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#ffffff",
        button_secondary_background_fill="#ffffff",
        button_secondary_background_fill_dark="#33363d",
        button_secondary_text_color="#1e2124",
        button_secondary_text_color_dark="#f4f5f6",
        button_secondary_border_color="#8a949e",
        button_secondary_border_color_dark="#6d7882",
    )
